// Changes the members of a locked group as an identity provider asks; other reasons for a membership stay.
import { invalidInput, type DomainError } from '#server/domain/error.ts'
import type { ProvisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { lostRace, type SqlTransaction } from '#server/domain/transact.ts'
import type { MemberPlan } from '#server/scim/index.ts'
import { moveMembers } from './move-members.ts'
import { madeBy } from './rules/source.ts'
import type { MovedPeople } from './rules/moved-people.ts'
import { forgetWaiting, holdArrivals, isId, matchPeople, waitForMembers } from './waiting-members.sql.ts'

export interface MemberChangeRequest {
  /** Its row must be locked, or made in this transaction. */
  readonly groupId: string
  readonly plan: MemberPlan
  readonly settings: Pick<ProvisioningSettings, 'unknownMembers'>
}

/**
 * Carries out a plan. Throws `memberships/unknown-member` when someone to be added does not exist, unless the
 * organization keeps such members waiting.
 */
export async function changeMembers(tx: SqlTransaction, request: MemberChangeRequest): Promise<MovedPeople> {
  if (request.settings.unknownMembers === 'keep-waiting') return changeOrWait(tx, request)
  const { groupId, plan } = request
  const strangers = plan.add.filter(id => !isId(id))
  if (strangers.length > 0) throw unknownMembers(strangers)
  const moved = await write(tx, { groupId, plan: { ...plan, remove: plan.remove.filter(isId) } })
  const forgotten = plan.replacesAll ? await forgetWaiting(tx.sql, { groupId, values: [], others: true }) : 0
  return forgotten > 0 ? { ...moved, altered: true } : moved
}

/** The plan's ids are ids of ours. */
async function write(
  tx: SqlTransaction,
  { groupId, plan }: Pick<MemberChangeRequest, 'groupId' | 'plan'>,
): Promise<MovedPeople> {
  const detail = madeBy(tx.actor)
  const { added, removed, sources, unknown } = await moveMembers(tx, {
    ...plan,
    groupId,
    kind: 'scim',
    detail,
  })
  if (unknown.length > 0) throw unknownMembers(unknown)
  return { added, removed, waiting: 0, altered: sources > 0 }
}

/** Values without a person wait; a value may also be the externalId or the userName. */
async function changeOrWait(
  tx: SqlTransaction,
  { groupId, plan }: MemberChangeRequest,
): Promise<MovedPeople> {
  const people = await matchPeople(tx.sql, [...plan.add, ...plan.remove])
  const idsOf = (values: readonly string[]): string[] => [
    ...new Set(values.flatMap(value => people.get(value) ?? [])),
  ]
  const waiting = plan.add.filter(value => !people.has(value))
  const resolved = { ...plan, add: idsOf(plan.add), remove: idsOf(plan.remove) }
  const moved = await write(tx, { groupId, plan: resolved })
  const forgotten = plan.replacesAll
    ? await forgetWaiting(tx.sql, { groupId, values: waiting, others: true })
    : await forgetWaiting(tx.sql, { groupId, values: [...plan.remove, ...people.keys()], others: false })
  const fresh = await waitForMembers(tx.sql, { groupId, values: waiting, at: tx.clock.now() })
  if (fresh > 0) await missNobody(tx, waiting)
  return { ...moved, waiting: waiting.length, altered: moved.altered || fresh + forgotten > 0 }
}

/** Whoever arrives from now on finds the waiting values; who arrived a moment ago is found here. */
async function missNobody(tx: SqlTransaction, waiting: readonly string[]): Promise<void> {
  await holdArrivals(tx.sql)
  if ((await matchPeople(tx.sql, waiting)).size > 0) throw lostRace('A person')
}

function unknownMembers(ids: readonly string[]): DomainError {
  const named = ids
    .slice(0, 3)
    .map(id => `"${id.slice(0, 80)}"`)
    .join(', ')
  const message =
    `There is no person with id ${named} in this organization, so nothing was changed. ` +
    'Provision the people first, then their groups.'
  return invalidInput('memberships/unknown-member', [{ path: 'members.value', message }])
}
