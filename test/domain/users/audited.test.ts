// What an admin does to a person by hand, and its line in the activity log: both or neither.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { removeUser } from '#server/domain/users/remove-user.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import { userNameOf, type User } from '#server/domain/users/rules/user.ts'
import type { World } from '#server/world.ts'
import { makeWorld, newOrganization, newPerson } from '#test/support/make-world.ts'
import { storedUser } from './stored-user.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

/** The same caller, whose lines in the activity log no database takes. */
const unspeakable = (ctx: Context): Context => ({
  ...ctx,
  actor: { ...ctx.actor, origin: { ...ctx.actor.origin, requestId: 'cut off \u0000 here' } },
})

interface Case {
  readonly active: boolean
  readonly act: (ctx: Context, person: User) => Promise<void>
  readonly line: object
}

const cases: readonly [string, Case][] = [
  [
    'another role',
    {
      active: true,
      act: (ctx, { id }) => changeUserRole(ctx, { userId: id, role: 'admin' }),
      line: { action: 'user.change_role', before: { role: 'user' }, after: { role: 'admin' } },
    },
  ],
  [
    'deactivation',
    {
      active: true,
      act: (ctx, { id }) => switchUser(ctx, { userId: id, active: false }),
      line: { action: 'user.deactivate', before: { status: 'pending' }, after: { status: 'deactivated' } },
    },
  ],
  [
    'reactivation',
    {
      active: false,
      act: (ctx, { id }) => switchUser(ctx, { userId: id, active: true }),
      line: { action: 'user.reactivate', before: { status: 'deactivated' }, after: { status: 'pending' } },
    },
  ],
  [
    'removal',
    {
      active: false,
      act: (ctx, person) =>
        removeUser(ctx, { userId: person.id, confirmUserName: userNameOf(person.document) }),
      line: { action: 'user.remove', before: { status: 'deactivated' }, after: null },
    },
  ],
]

describe.each(cases)('%s', (_what, { active, act, line }) => {
  it('leaves one line in the activity log', async () => {
    const {
      owner: { ctx: owner },
      scim,
    } = await newOrganization(world, { enforced: false })
    const person = await newPerson(scim, {}, { active })
    await act(owner, person)
    const lines = await owner.db.activity.findMany({ where: { orgId: owner.orgId, subjectId: person.id } })
    expect(lines).toMatchObject([{ ...line, actorKind: 'person', subjectKind: 'user' }])
  })

  it('does not happen when its line cannot be written', async () => {
    const {
      owner: { ctx: owner },
      scim,
    } = await newOrganization(world, { enforced: false })
    const person = await newPerson(scim, {}, { active })
    const before = await storedUser(scim, person.id)
    await expect(act(unspeakable(owner), person)).rejects.toThrow()
    expect(await storedUser(scim, person.id)).toEqual(before)
  })
})
