// An admin saves what the identity provider is: its entity id, sign-in URL and certificates.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError, invalidInput } from '#server/domain/error.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { changedBy } from './rules/changed.ts'
import { lockConnection } from './lock-connection.ts'
import { readCertificate } from './read-certificate.ts'
import { keyMissingText } from './rules/key-missing.ts'
import { checkDetails, type SsoDetails } from './rules/connection.ts'

export interface ConfigureSsoInput extends SsoDetails {
  /** One or two, as PEM or base64. */
  readonly certificates: readonly string[]
}

interface Wanted extends SsoDetails {
  readonly certificates: string[]
  readonly canSign: boolean
}

/**
 * Saves the details. A change of what is checked makes it a draft that has to be tested again; while single sign-on is
 * enforced such a change is refused, because a typing error would lock everyone out: `sso/enforced`. Throws
 * `sso/bad-details`, `sso/bad-certificate`, `organizations/not-in-plan`, `actor/not-permitted`.
 */
export async function configureSso(ctx: Context, input: ConfigureSsoInput): Promise<void> {
  demand(ctx.actor, 'sso:write')
  await demandRecentProof(ctx)
  const wanted = { ...checkDetails(input), certificates: bodiesOf(input.certificates) }
  if (wanted.signRequests === true) demandVault(ctx)
  await transact(ctx, tx => save(tx, { ...wanted, canSign: ctx.vault !== null }))
}

function demandVault({ vault }: Context): void {
  if (vault === null)
    throw invalidInput('sso/bad-details', [{ path: 'signRequests', message: keyMissingText }])
}

function bodiesOf(texts: readonly string[]): string[] {
  if (texts.length < 1 || texts.length > 2) {
    const message = 'Save one certificate, or two during a change-over.'
    throw invalidInput('sso/bad-certificate', [{ path: 'certificates', message }])
  }
  const read = texts.map((text, index) => readCertificate(text, `certificates.${String(index)}`))
  return [...new Set(read.map(({ body }) => body))]
}

async function save(tx: Transaction, wanted: Wanted): Promise<void> {
  const { orgId } = tx
  const before = await lockConnection(tx)
  demandEntitlement(await tx.db.organization.findUniqueOrThrow({ where: { id: orgId } }), 'sso')
  const row = rowOf(wanted, wanted.signRequests ?? before?.signRequests ?? wanted.canSign)
  const changed = changedBy(tx.actor, tx.clock.now())
  if (before === null) {
    const created = { createdAt: changed.changedAt, createdByName: changed.changedByName }
    await tx.db.ssoConnection.create({ data: { ...row, ...changed, ...created, orgId, status: 'draft' } })
  } else {
    const anew = provesNothing(before, row)
    if (anew && before.status === 'enforced') throw enforcedNow()
    await tx.db.ssoConnection.update({
      where: { orgId },
      data: { ...row, ...changed, ...(anew ? { status: 'draft', revision: { increment: 1 } } : {}) },
    })
  }
  tx.note({
    action: 'sso.configure',
    ...(before === null ? {} : { before: shown(before) }),
    after: shown(row),
  })
}

type Row = ReturnType<typeof rowOf>

function rowOf(wanted: Wanted, signRequests: boolean) {
  const { issuer, signInUrl, certificates, signed, nameIdFormat } = wanted
  const { matchAttribute, allowIdpInitiated, allowCbc, sessionHours } = wanted
  return {
    signRequests,
    allowCbc,
    issuer,
    signInUrl,
    certificates,
    signed,
    nameIdFormat,
    matchAttribute,
    allowIdpInitiated,
    sessionHours,
  }
}

const tested = [
  'issuer',
  'signInUrl',
  'signed',
  'nameIdFormat',
  'matchAttribute',
  'signRequests',
  'allowCbc',
] as const

/** Whether a test of what was there says nothing about what is there now. */
function provesNothing(
  before: Omit<Row, 'signed' | 'nameIdFormat'> & Record<string, unknown>,
  after: Row,
): boolean {
  if (tested.some(name => before[name] !== after[name])) return true
  return before.certificates.join() !== after.certificates.join()
}

function shown({
  issuer,
  signInUrl,
  certificates,
  matchAttribute,
  signRequests,
  sessionHours,
}: Omit<Row, 'signed' | 'nameIdFormat'>) {
  const counted = { certificates: certificates.length, matchAttribute, signRequests, sessionHours }
  return { entityId: issuer, signInUrl, ...counted }
}

function enforcedNow(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'sso/enforced',
    message:
      'Single sign-on is enforced, so this change could lock everyone out. Stop enforcing it, change and test it, then ' +
      'enforce it again. A new certificate can be added beside the old one without that.',
  })
}
