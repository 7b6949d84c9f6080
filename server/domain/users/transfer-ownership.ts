// The owner hands the organization over: somebody else owns it, and the owner becomes an admin, in one transaction.
import { demand, type PersonActor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError, invalidInput } from '#server/domain/error.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { lostRace, transact } from '#server/domain/transact.ts'
import { attemptUserChange, type Decision } from './attempt-user-change.ts'
import { lockUser } from './read-user.sql.ts'
import { withRole } from './rules/with-role.ts'
import { userNameOf, type User } from './rules/user.ts'

export interface TransferOwnershipInput {
  /** Who is to own the organization. */
  readonly userId: string
  /** Their exact userName, typed as confirmation. */
  readonly confirmUserName: string
}

/**
 * For the owner in person, also while SCIM is enforced. The recovery codes of the former owner end. Throws
 * `users/owner-only`, `users/already-owner`, `users/not-active` (who never signed in might not be able to),
 * `users/name-differs`, `users/unknown`.
 */
export async function transferOwnership(ctx: Context, input: TransferOwnershipInput): Promise<void> {
  demand(ctx.actor, 'ownership:transfer')
  if (ctx.actor.kind !== 'person') throw ownerOnly()
  const owner = ctx.actor
  if (owner.userId === input.userId) throw alreadyOwner()
  await demandRecentProof(ctx)
  await transact(ctx, async tx => {
    for (const id of [owner.userId, input.userId].sort()) await lockUser(tx.sql, id)
    const here = { ...ctx, db: tx.db, sql: tx.sql }
    // In this order: at no moment an organization may have two owners.
    await change(here, owner.userId, stepDown)
    await change(here, input.userId, current => stepUp(current, input))
    await tx.db.recoveryCode.deleteMany({ where: { orgId: tx.orgId, userId: owner.userId } })
    tx.note(noteOf(owner, input))
  })
}

async function change(ctx: Context, userId: string, decide: (current: User) => Decision): Promise<void> {
  const request = { userId, decide }
  const outcome = await attemptUserChange(ctx, { request, read: lockUser, inTransaction: true })
  if (typeof outcome === 'string') throw lostRace('The person')
}

/** The caller may have handed the organization over in another window. */
function stepDown(current: User): Decision {
  if (current.role !== 'owner') throw ownerOnly()
  return withRole(current, 'admin')
}

function stepUp(current: User, { confirmUserName }: TransferOwnershipInput): Decision {
  const userName = userNameOf(current.document)
  if (current.status !== 'active') {
    throw new DomainError({
      kind: 'conflict',
      code: 'users/not-active',
      message: 'Only someone who is active can own the organization. Let them sign in once, then try again.',
    })
  }
  if (userName !== confirmUserName) {
    const message = `Type the person's exact user name, "${userName}", to make them the owner.`
    throw invalidInput('users/name-differs', [{ path: 'confirmUserName', message }])
  }
  return withRole(current, 'owner')
}

function noteOf(owner: PersonActor, { userId }: TransferOwnershipInput) {
  return {
    action: 'organization.transfer_ownership',
    subjectKind: 'user',
    subjectId: userId,
    before: { ownerId: owner.userId, owner: owner.name },
    after: { ownerId: userId },
  }
}

function ownerOnly(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'users/owner-only',
    message: 'Only the owner can hand the organization over. Ask the owner to do it.',
  })
}

function alreadyOwner(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'users/already-owner',
    message: 'You are the owner already. Choose the person who is to own the organization.',
  })
}
