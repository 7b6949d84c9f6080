// One attempt to change a person: read, decide, store unless someone was faster.
import type { NewActivity } from '#server/domain/activity-log/write-activities.sql.ts'
import type { Context, Sql } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import type { NewEvent } from '#server/domain/provisioning-log/rules/event.ts'
import { tallyOf } from '#server/domain/provisioning-log/rules/tally.ts'
import { knownMapping } from '#server/domain/group-mappings/known-mapping.ts'
import { isStill } from '#server/domain/group-mappings/rules/plan.ts'
import { findPlacement, type Placement } from './find-placement.ts'
import { noSeatLeft } from './no-seat-left.ts'
import { unknownUser, userNameTaken } from './rules/refusals.ts'
import { userNameOf, type StoredUser, type User } from './rules/user.ts'
import { storeMovedUser } from './store-moved-user.ts'
import { updateUser, type UserChange } from './store-user.sql.ts'

/** What a pure decision asks for; null from `decide` means that nothing changes. */
export interface Decision {
  readonly user: User
  readonly events: readonly NewEvent[]
  /** What the activity log is to say of it, in the change's transaction. */
  readonly activity?: NewActivity
}

export interface UserChangeRequest {
  readonly userId: string
  /** Pure; false for a version that the caller did not expect (If-Match): refused with `users/version-mismatch`. */
  readonly expects?: ((version: number) => boolean) | undefined
  /** Also finds people who are deleted and not yet purged. */
  readonly deleted?: boolean
  /** Reads the person's groups along, see `UserChanged`. */
  readonly withGroups?: boolean
  /** Pure; runs again when someone else was faster. */
  readonly decide: (current: User) => Decision | null
}

export interface UserChanged {
  readonly before: User
  readonly user: User
  readonly changed: boolean
  /** Those of the person when they were asked for and the change did not move anybody; else they are to be read. */
  readonly groups?: StoredUser['groups'] | undefined
  /** What is still to be noted, in the transaction of the change. */
  readonly activity?: NewActivity | undefined
}

/** What made an attempt write nothing. */
export type NotYet = 'lost-race' | 'must-move' | 'must-lock'

export interface UserChangeAttempt {
  readonly request: UserChangeRequest
  readonly read: (sql: Sql, id: string) => Promise<StoredUser | null>
  /** Inside of a transaction nobody can be moved between groups: their rows must be locked before the person's. */
  readonly inTransaction?: boolean
}

/**
 * One attempt by a read that locks or does not; someone who was faster makes it lose. `must-move` when the change
 * moves the person between groups and this attempt must not; `must-lock` when it is to be noted in the activity log, which
 * takes a transaction.
 */
export async function attemptUserChange(
  ctx: Context,
  { request, read, inTransaction = false }: UserChangeAttempt,
): Promise<UserChanged | NotYet> {
  const { groups, ...before } = found(await read(ctx.sql, request.userId), request)
  const decision = request.decide(before)
  if (decision === null) return { before, user: before, changed: false, groups }
  const user = { ...decision.user, revision: before.revision + 1 }
  const tally = tallyOf(before.status, user.status)
  const { events, activity } = decision
  const change = { user, events, activity, tally, before, mapping: knownMapping(ctx) }
  const placement = await findPlacement(ctx, change)
  const way = wayOf(placement, { inTransaction, noted: activity !== undefined })
  if (typeof way === 'string') return way
  const outcome = await storeOrExplain(ctx, { ...change, placement: way.moving })
  if (outcome === 'lost-race') return 'lost-race'
  if (outcome === 'no-seat') throw await noSeatLeft(ctx)
  ctx.ring()
  return {
    before,
    user,
    changed: true,
    groups: placement === null ? groups : undefined,
    activity: way.moving === null ? activity : undefined,
  }
}

/** How the change is to be stored, if this attempt may. */
function wayOf(
  placement: Placement | null,
  here: { inTransaction: boolean; noted: boolean },
): { moving: Placement | null } | NotYet {
  if (here.inTransaction) {
    // Who is locked since they were read stays where they are until the end.
    return placement === null || isStill(placement.plan) ? { moving: null } : 'must-move'
  }
  // Alone, the one statement of a person who stays would leave no line in the activity log.
  return placement === null && here.noted ? 'must-lock' : { moving: placement }
}

function found(user: StoredUser | null, request: UserChangeRequest): StoredUser {
  const wanted = user !== null && (user.status !== 'deleted' || request.deleted === true)
  if (!wanted) throw unknownUser(request.userId)
  if (request.expects?.(user.version) === false) {
    throw new DomainError({
      kind: 'stale',
      code: 'users/version-mismatch',
      message: 'The person was changed since you read it. Read it again and repeat the change.',
    })
  }
  return user
}

interface ToStore extends UserChange {
  readonly before: StoredUser
  readonly placement: Placement | null
  readonly activity: NewActivity | undefined
}

async function storeOrExplain(
  ctx: Context,
  { placement, activity, ...change }: ToStore,
): Promise<'stored' | 'lost-race' | 'no-seat'> {
  try {
    return placement === null
      ? await updateUser(ctx, change)
      : await storeMovedUser(ctx, { ...change, placement, activity })
  } catch (error) {
    throw isDuplicate(error) ? userNameTaken(userNameOf(change.user.document)) : error
  }
}
