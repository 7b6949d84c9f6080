// Plays the app on somebody's telephone.
import { Secret, TOTP } from 'otpauth'
import type { InstallationContext } from '#server/domain/context.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { confirmTwoStep } from '#server/domain/two-step/confirm-two-step.ts'
import { startTwoStep } from '#server/domain/two-step/start-two-step.ts'
import type { World } from '#server/world.ts'
import { testOrigin, type TestPerson } from '#test/support/make-world.ts'

/** What the app shows at a moment. `text` is the secret as it is typed. */
export function codeAt(text: string, moment: Date): string {
  const secret = Secret.fromBase32(text.replaceAll(' ', ''))
  return TOTP.generate({ secret, timestamp: moment.getTime() })
}

/** Turns the second step on; the secret and the recovery codes. */
export async function turnOn(
  world: World,
  person: TestPerson,
): Promise<{ text: string; codes: readonly string[] }> {
  const { text } = await startTwoStep(person.ctx)
  const code = codeAt(text, world.clock.now())
  return { text, codes: await confirmTwoStep(world.installationFor(person.actor), { code }) }
}

/** Somebody who is not signed in. */
export function visitorOf(world: World): InstallationContext {
  return world.installationFor({ kind: 'anonymous', name: 'Someone', origin: { ...testOrigin, ip: null } })
}

/** What the browser keeps after the right password. */
export async function firstStep(
  world: World,
  { email, password }: { email: string; password: string },
): Promise<string> {
  const answer = await signIn(visitorOf(world), { email, password })
  if (answer.kind !== 'second-step') throw new Error(`The password alone was enough: ${answer.kind}.`)
  return answer.step.secret
}
