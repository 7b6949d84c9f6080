// The second step is done: the step ends and the session begins, once.
import type { PersonActor } from '#server/domain/actor.ts'
import type { InstallationContext } from '#server/domain/context.ts'
import { openSession } from '#server/domain/sessions/open-session.ts'
import type { StartedSession } from '#server/domain/sessions/start-session.ts'
import type { WaitingSignIn } from './find-sign-in-step.ts'
import { stepEnded } from './refusals.ts'

export interface SteppedIn {
  readonly session: StartedSession
  readonly actor: PersonActor
}

/** Throws `two-step/ended` when another call was faster. */
export async function finishSignInStep(
  _ctx: InstallationContext,
  { own, hash, person }: WaitingSignIn,
): Promise<SteppedIn> {
  const { count } = await own.db.signInStep.deleteMany({ where: { orgId: own.orgId, hash } })
  if (count !== 1) throw stepEnded()
  return openSession(own, { person, via: 'password' })
}
