// Sets the stage of a file about two-step sign-in: organizations whose owner may use an authenticator app.
import { randomBytes } from 'node:crypto'
import { beforeAll, beforeEach } from 'vitest'
import { createVault } from '#server/domain/secrets/vault.ts'
import type { World } from '#server/world.ts'
import { fakeClock, minute } from '#test/support/fake-clock.ts'
import { makeWorld, newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { codeAt, visitorOf } from './authenticator.ts'

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
