// Plays the app on somebody's telephone, and sets the stage for it: an organization whose owner may use one.
import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { beforeAll, beforeEach } from 'vitest'
import type { InstallationContext } from '#server/domain/context.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { createVault } from '#server/domain/secrets/vault.ts'
import { confirmTwoStep } from '#server/domain/two-step/confirm-two-step.ts'
import { startTwoStep } from '#server/domain/two-step/start-two-step.ts'
import type { World } from '#server/world.ts'
import { fakeClock, minute } from '#test/support/fake-clock.ts'
import {
  makeWorld,
  newOrganization,
  testOrigin,
  type TestOrganization,
  type TestPerson,
} from '#test/support/make-world.ts'

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

/** A new organization for each test of a file, later than the limits of the test before; one world for all of them. */
export function useStage() {
  const vault = createVault([randomBytes(32)])
  const clock = fakeClock()
  const stage = {} as { world: World; org: TestOrganization; owner: TestOrganization['owner'] }
  beforeAll(async () => {
    stage.world = await makeWorld({ clock, vault })
  })
  beforeEach(async () => {
    clock.advance(16 * minute)
    stage.org = await newOrganization(stage.world)
    stage.owner = stage.org.owner
  })
  const ofOwner = () => ({ orgId: stage.org.orgId, userId: stage.owner.userId })
  return {
    stage,
    clock,
    vault,
    asOwner: () => stage.world.installationFor(stage.owner.actor),
    visitor: () => visitorOf(stage.world),
    /** The code that the app shows now, or so many milliseconds later. */
    now: (text: string, later = 0) => codeAt(text, new Date(clock.now().getTime() + later)),
    notes: (action: string) =>
      stage.owner.ctx.db.activity.count({ where: { orgId: stage.org.orgId, action } }),
    sessions: () => stage.owner.ctx.db.session.count({ where: ofOwner() }),
  }
}
