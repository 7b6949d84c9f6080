// People under parallel hands: seats, duplicates, revisions and their numbers in the log are exact.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '#server/domain/context.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import { makeWorld, newOrganization, newPerson } from '#test/support/make-world.ts'
import { storedUser } from './stored-user.ts'
import type { World } from '#server/world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const settings = provisioningSettings({})

/** How the calls ended: `ok` or the code of the refusal. */
async function outcomes(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const settled = await Promise.allSettled(calls)
  const names = settled.map(each => (each.status === 'fulfilled' ? 'ok' : codeOf(each.reason)))
  return Object.fromEntries(
    [...new Set(names)].map(name => [name, names.filter(each => each === name).length]),
  )
}

function codeOf(reason: unknown): string {
  return String((reason as { code?: unknown }).code ?? reason)
}

async function streamOf(ctx: Context) {
  return ctx.db.organizationStream.findUniqueOrThrow({ where: { orgId: ctx.orgId } })
}

/** Numbers of the log are 1, 2, 3 … without gaps. */
async function expectDense(ctx: Context): Promise<void> {
  const events = await ctx.db.provisioningEvent.findMany({
    where: { orgId: ctx.orgId },
    orderBy: { sequence: 'asc' },
  })
  expect(events.map(event => Number(event.sequence))).toEqual(events.map((_event, index) => index + 1))
  expect(Number((await streamOf(ctx)).sequence)).toBe(events.length)
}

const renamed = (userId: string, title: string) => ({
  userId,
  settings,
  revise: (current: { document: object; active: boolean }) => ({
    ...current,
    document: { ...current.document, title },
  }),
})

describe('seats', () => {
  it('fifty parallel creates with ten free seats fill exactly ten', async () => {
    const { scim } = await newOrganization(world, { seats: 12 })
    const ended = await outcomes(Array.from({ length: 50 }, () => newPerson(scim)))
    expect(ended).toEqual({ ok: 10, 'users/no-seat-left': 40 })
    const { pending, active } = await streamOf(scim)
    expect(pending + active).toBe(12)
    expect(await scim.db.user.count({ where: { orgId: scim.orgId } })).toBe(12)
    await expectDense(scim)
  })

  it('parallel reactivations fill exactly what is free', async () => {
    const { scim } = await newOrganization(world, { seats: 5 })
    const idle = await Promise.all(Array.from({ length: 8 }, () => newPerson(scim, {}, { active: false })))
    const ended = await outcomes(
      idle.map(({ id }) =>
        reviseUser(scim, { userId: id, settings, revise: current => ({ ...current, active: true }) }),
      ),
    )
    expect(ended).toEqual({ ok: 3, 'users/no-seat-left': 5 })
    await expectDense(scim)
  })

  it('a deactivation and a deletion free a seat at once', async () => {
    const { scim } = await newOrganization(world, { seats: 3 })
    const first = await newPerson(scim)
    await expect(newPerson(scim)).rejects.toMatchObject({
      code: 'users/no-seat-left',
      detail: { used: 3, total: 3 },
    })
    await reviseUser(scim, { userId: first.id, settings, revise: current => ({ ...current, active: false }) })
    const second = await newPerson(scim)
    await deleteUser(scim, { userId: second.id, graceDays: 7 })
    await newPerson(scim)
  })
})

describe('one person', () => {
  it('of twenty parallel creates with one name exactly one succeeds', async () => {
    const { scim } = await newOrganization(world)
    const names = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'Twin@ex.org' : 'twin@EX.org'))
    const ended = await outcomes(names.map(userName => newPerson(scim, { userName })))
    expect(ended).toEqual({ ok: 1, 'users/user-name-taken': 19 })
    expect((await streamOf(scim)).pending).toBe(2)
    await expectDense(scim)
  })

  it('thirty parallel revisions are all kept, one after the other', async () => {
    const { scim } = await newOrganization(world)
    const { id } = await newPerson(scim)
    const ended = await outcomes(
      Array.from({ length: 30 }, (_, index) =>
        reviseUser(scim, {
          userId: id,
          settings,
          revise: ({ document, active }) => ({
            active,
            document: {
              ...document,
              roles: [...((document['roles'] ?? []) as []), { value: String(index) }],
            },
          }),
        }),
      ),
    )
    expect(ended).toEqual({ ok: 30 })
    const user = await storedUser(scim, id)
    expect(user.document['roles']).toHaveLength(30)
    expect(user.version).toBe(31)
    await expectDense(scim)
  })

  it('of ten parallel changes that expect one version exactly one wins', async () => {
    const { scim } = await newOrganization(world)
    const { id } = await newPerson(scim)
    const ended = await outcomes(
      Array.from({ length: 10 }, (_, index) =>
        reviseUser(scim, { ...renamed(id, String(index)), expects: version => version === 1 }),
      ),
    )
    expect(ended).toEqual({ ok: 1, 'users/version-mismatch': 9 })
    expect((await storedUser(scim, id)).version).toBe(2)
  })

  it('of parallel renames to one name exactly one wins', async () => {
    const { scim } = await newOrganization(world)
    const people = await Promise.all(Array.from({ length: 5 }, () => newPerson(scim)))
    const ended = await outcomes(
      people.map(({ id }) =>
        reviseUser(scim, {
          userId: id,
          settings,
          revise: current => ({ ...current, document: { ...current.document, userName: 'same@ex.org' } }),
        }),
      ),
    )
    expect(ended).toEqual({ ok: 1, 'users/user-name-taken': 4 })
    await expectDense(scim)
  })

  it('changes and a deletion in parallel leave no change after the deletion', async () => {
    const { scim } = await newOrganization(world)
    const { id } = await newPerson(scim)
    await outcomes([
      ...Array.from({ length: 8 }, (_, index) => reviseUser(scim, renamed(id, String(index)))),
      deleteUser(scim, { userId: id, graceDays: 7 }),
    ])
    const events = await scim.db.provisioningEvent.findMany({
      where: { orgId: scim.orgId, userId: id },
      orderBy: { sequence: 'asc' },
    })
    expect(events.at(-1)?.type).toBe('user.deleted')
    await expectDense(scim)
  })

  it('no difference means no write, no event and the same version', async () => {
    const { scim } = await newOrganization(world)
    const { groups, ...person } = await newPerson(scim, { title: 'Same' })
    expect(groups).toEqual([])
    const before = await streamOf(scim)
    const same = await reviseUser(scim, renamed(person.id, 'Same'))
    expect(same).toMatchObject({ changed: false, changes: [] })
    expect(await storedUser(scim, person.id)).toMatchObject(person)
    expect(await streamOf(scim)).toEqual(before)
  })
})
