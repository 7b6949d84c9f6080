// What every test of invitations says: new addresses, a list of them, and how a call ended.
import type { Role } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import type { World } from '#server/world.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'

let made = 0

/** Somebody whose link was shown because nothing was mailed. */
export function shown<One extends { readonly secret: string | null }>(
  one: One | undefined,
): One & { readonly secret: string } {
  if (one === undefined || one.secret === null) throw new Error('There is no link.')
  return { ...one, secret: one.secret }
}

/** An address that nobody has. */
export const address = (): string => `guest-${String((made += 1))}@example.com`

/** A list of addresses without names. */
export const input = (addresses: readonly string[], rest: { role?: Role; groupIds?: string[] } = {}) => ({
  people: addresses.map(each => ({ address: each })),
  role: rest.role ?? ('user' as const),
  groupIds: rest.groupIds ?? [],
})

/** What was refused, as far as tests look at it. */
export async function refusal(work: Promise<unknown>) {
  return work.then(
    () => 'nothing was refused',
    (error: unknown) => error as { code: string; message: string; detail: { fields?: { path: string }[] } },
  )
}

/** The code of a refusal. */
export function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? error)
}

/** How many people there are, in whatever state. */
export const countOf = (ctx: Context) => ctx.db.user.count({ where: { orgId: ctx.orgId } })

/** The counters of seats. */
export const streamOf = (ctx: Context) =>
  ctx.db.organizationStream.findUniqueOrThrow({ where: { orgId: ctx.orgId } })

/** A connection to an identity provider, as far as invitations look at it. */
export async function withSso(world: World, status: string): Promise<TestOrganization> {
  const place = await newOrganization(world, { enforced: false })
  const at = world.clock.now()
  await place.owner.ctx.db.ssoConnection.create({
    data: {
      orgId: place.orgId, status, issuer: 'https://idp.example', signInUrl: 'https://idp.example/sso',
      certificates: ['MIIB'], createdAt: at, createdByName: 'x', changedAt: at, changedByName: 'x',
    },
  }) // prettier-ignore
  return place
}
