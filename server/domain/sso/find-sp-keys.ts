// The keys of our own that an organization uses in SAML, as the protocol needs them.
import { createPrivateKey } from 'node:crypto'
import type { SamlKey } from '#prisma/client.ts'
import type { Context } from '#server/domain/context.ts'
import { keyPurpose } from './new-sp-key.ts'

export interface SpKey {
  readonly id: string
  /** Base64 of DER. */
  readonly certificate: string
  /** PEM; null when the master key that sealed it is not there. */
  readonly privateKey: string | null
}

type Reader = Pick<Context, 'orgId' | 'db' | 'vault'>

/** The oldest first: it signs until it is removed, so that an identity provider can learn the next one before. */
export async function findSpKeys(ctx: Reader, _input: Record<string, never> = {}): Promise<SpKey[]> {
  const rows = await ctx.db.samlKey.findMany({
    where: { orgId: ctx.orgId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(row => ({
    id: row.id,
    certificate: row.certificate,
    privateKey: opened(ctx, row),
  }))
}

function opened({ orgId, vault }: Reader, { sealed }: SamlKey): string | null {
  const plain = vault?.open(sealed, { orgId, purpose: keyPurpose }) ?? null
  if (plain === null) return null
  const key = createPrivateKey({ key: Buffer.from(plain), format: 'der', type: 'pkcs8' })
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** What signs questions: the oldest key that can be read. */
export function signingKeyOf(keys: readonly SpKey[]): string | null {
  return keys.find(({ privateKey }) => privateKey !== null)?.privateKey ?? null
}
