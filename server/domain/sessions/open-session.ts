// Starts the session of someone who has just proven who they are, and writes down that they came.
import type { PersonActor, Role } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { startSession, type SessionVia, type StartedSession } from './start-session.ts'

export interface OpenSessionInput {
  readonly person: { readonly userId: string; readonly name: string; readonly role: Role }
  readonly via: SessionVia
  /** The usual time without it. */
  readonly endsAt?: Date
}

/** The session and its person as an actor. */
export async function openSession(
  ctx: Context,
  input: OpenSessionInput,
): Promise<{ session: StartedSession; actor: PersonActor }> {
  const { person, via, endsAt } = input
  const { userId } = person
  const session = await startSession(ctx, { userId, via, ...(endsAt === undefined ? {} : { endsAt }) })
  const actor: PersonActor = {
    kind: 'person',
    orgId: ctx.orgId,
    ...person,
    sessionHash: session.hash,
    origin: ctx.actor.origin,
  }
  await transact({ ...ctx, actor }, async tx => {
    await tx.db.user.updateMany({
      where: { orgId: ctx.orgId, id: userId },
      data: { lastSignInAt: ctx.clock.now(), revision: { increment: 1 } },
    })
    tx.note({ action: 'session.sign_in', subjectKind: 'user', subjectId: userId, after: { via } })
  })
  return { session, actor }
}
