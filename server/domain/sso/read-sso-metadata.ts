// Reads the metadata of an identity provider, from a file or its address, so that an admin can look and then save.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput, type DomainError } from '#server/domain/error.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import type { IdpMetadata } from './rules/idp-metadata.ts'

export interface ReadSsoMetadataInput {
  /** The document itself, or */
  readonly metadata?: string | null
  /** the https address where it is. */
  readonly url?: string | null
  /** Reads a document; throws a `DomainError` for one that cannot be used. */
  readonly parse: (xml: string) => IdpMetadata
  /** Fetches from an address that is safe to go to; throws otherwise. */
  readonly fetch: (address: string) => Promise<string>
}

/** Nothing is saved. Throws `sso/bad-metadata`, `organizations/not-in-plan`, `actor/not-permitted`. */
export async function readSsoMetadata(ctx: Context, input: ReadSsoMetadataInput): Promise<IdpMetadata> {
  demand(ctx.actor, 'sso:write')
  demandEntitlement(await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } }), 'sso')
  const { metadata, url } = input
  if (metadata) return input.parse(metadata)
  if (url) return input.parse(await fetched(url.trim(), input.fetch))
  throw bad('metadata', 'Choose the metadata file of your identity provider, or paste its address.')
}

async function fetched(url: string, fetch: ReadSsoMetadataInput['fetch']): Promise<string> {
  if (!URL.canParse(url)) throw bad('url', 'Paste an address that begins with https://.')
  try {
    return await fetch(url)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'Nobody answered.'
    throw bad(
      'url',
      `The metadata could not be fetched. ${why} Download the file and upload it here instead.`,
    )
  }
}

function bad(path: string, message: string): DomainError {
  return invalidInput('sso/bad-metadata', [{ path, message }])
}
