// Every SCIM write places the person by the group mapping, in the same transaction.
import { beforeAll, describe, expect, it } from 'vitest'
import { knownMapping } from '#server/domain/group-mappings/known-mapping.ts'
import { noMapping } from '#server/domain/group-mappings/rules/mapping.ts'
import { mappingMoved } from '#server/domain/group-mappings/rules/refusals.ts'
import { tallyOf } from '#server/domain/provisioning-log/rules/tally.ts'
import { findPlacement } from '#server/domain/users/find-placement.ts'
import { readAnyUser } from '#server/domain/users/read-user.sql.ts'
import { storeMovedUser } from '#server/domain/users/store-moved-user.ts'
import { insertUser, updateUser } from '#server/domain/users/store-user.sql.ts'
import { sentence } from '#server/domain/provisioning-log/rules/sentence.ts'
import type { EventDetail, EventType } from '#server/domain/provisioning-log/rules/event.ts'
import { addMembers } from '#server/domain/memberships/write-members.sql.ts'
import type { World } from '#server/world.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'
import { carrying, draft, eventsSince, groupsOf, makeGroups, saveAndApply, send } from './placing.ts'

let world: World
let org: TestOrganization
let groups: Record<'Sales' | 'Marketing' | 'Everybody else', string>

beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world)
  groups = await makeGroups(org.owner.ctx, ['Sales', 'Marketing', 'Everybody else'])
  const rows = { Sales: groups.Sales, 'Sales EMEA': groups.Sales, Marketing: groups.Marketing }
  await saveAndApply(org.owner.ctx, draft(rows, { defaultGroup: groups['Everybody else'] }))
})

describe('a person with a value', () => {
  it('C4: is placed when created, moves with the value, and leaves when it is cleared', async () => {
    const { scim } = org
    const ada = await newPerson(scim, carrying('Sales'))
    expect(await groupsOf(scim, ada.id)).toEqual(['Sales: mapping Sales'])
    await send(scim, ada.id, { value: 'Marketing' })
    expect(await groupsOf(scim, ada.id)).toEqual(['Marketing: mapping Marketing'])
    await send(scim, ada.id, { value: null })
    expect(await groupsOf(scim, ada.id)).toEqual(['Everybody else: default'])
    await send(scim, ada.id, { value: 'Sales EMEA' })
    expect(await groupsOf(scim, ada.id)).toEqual(['Sales: mapping Sales EMEA'])
    await send(scim, ada.id, { value: 'Sales' })
    expect(await groupsOf(scim, ada.id)).toEqual(['Sales: mapping Sales'])
  })

  it.each([
    ['edge blanks do not count', '  Sales\t', ['Sales: mapping Sales']],
    ['letter case does', 'sales', ['Everybody else: default']],
    ['inner blanks do', 'Sales  EMEA', ['Everybody else: default']],
    ['a list in one text is never split', 'Sales;Marketing', ['Everybody else: default']],
    ['another Unicode form is another value', 'Ｓales', ['Everybody else: default']],
    ['255 characters and more are no harm', 'x'.repeat(400), ['Everybody else: default']],
  ])('C4: %s', async (_title, value, expected) => {
    const person = await newPerson(org.scim, carrying(value))
    expect(await groupsOf(org.scim, person.id)).toEqual(expected)
  })

  it('C4: is frozen while deactivated, and placed anew when back', async () => {
    const { scim } = org
    const grace = await newPerson(scim, carrying('Sales'))
    await send(scim, grace.id, { active: false })
    await send(scim, grace.id, { value: 'Marketing' })
    expect(await groupsOf(scim, grace.id)).toEqual(['Sales: mapping Sales'])
    await send(scim, grace.id, { active: true })
    expect(await groupsOf(scim, grace.id)).toEqual(['Marketing: mapping Marketing'])
  })

  it('C4: who is created inactive is placed when activated', async () => {
    const idle = await newPerson(org.scim, carrying('Sales'), { active: false })
    expect(await groupsOf(org.scim, idle.id)).toEqual([])
    await send(org.scim, idle.id, { active: true })
    expect(await groupsOf(org.scim, idle.id)).toEqual(['Sales: mapping Sales'])
  })

  it('C4: keeps what was given by hand', async () => {
    const { scim } = org
    const person = await newPerson(scim, carrying('Sales'))
    const by = { groupId: groups.Sales, ids: [person.id], at: world.clock.now(), detail: {} }
    await addMembers(scim.sql, { ...by, kind: 'manual' })
    await send(scim, person.id, { value: 'Marketing' })
    expect(await groupsOf(scim, person.id)).toEqual(['Marketing: mapping Marketing', 'Sales: manual'])
  })
})

describe('the log', () => {
  it('C4: says who joined and left what, and why, with the exchange', async () => {
    const { scim } = org
    const person = await newPerson(scim, carrying('Sales', { displayName: 'Ada Byron' }))
    const head = await scim.db.organizationStream.findUniqueOrThrow({ where: { orgId: scim.orgId } })
    await send(scim, person.id, { value: 'Marketing' })
    const told = await eventsSince(scim, head.sequence)
    const sentences = told.map(({ type, actorName, detail }) =>
      sentence({ type: type as EventType, actorName, detail: detail as EventDetail }),
    )
    expect(sentences.slice(1)).toEqual([
      'Ada Byron left Sales (Group = Marketing now)',
      'Ada Byron joined Marketing (Group = Marketing, row 3)',
    ])
    const { actor } = scim
    const exchangeId = actor.kind === 'scim-token' ? actor.exchangeId : ''
    expect(told.every(each => each.exchangeId === exchangeId)).toBe(true)
    expect(told.slice(1).every(each => each.userId === person.id)).toBe(true)
  })
})

describe('a write whose values stay', () => {
  it.each([
    ['with a mapping', () => org],
    ['without one', () => plain],
  ])('costs one read and one write, %s', async (_title, place) => {
    const { scim } = place()
    const person = await newPerson(scim, carrying('Sales'))
    const { statements } = await countStatements(world.database, () =>
      send(scim, person.id, { title: 'CTO' }),
    )
    expect(statements).toHaveLength(2)
  })

  it('creates a person by one statement where nothing maps', async () => {
    const { statements } = await countStatements(world.database, () =>
      newPerson(plain.scim, carrying('Sales')),
    )
    expect(statements).toHaveLength(1)
  })

  it('the same value again changes nothing, not even after its row has gone elsewhere', async () => {
    const person = await newPerson(org.scim, carrying('Sales EMEA'))
    const rows = { Sales: groups.Sales, 'Sales EMEA': groups.Marketing, Marketing: groups.Marketing }
    await saveAndApply(org.owner.ctx, draft(rows, { defaultGroup: groups['Everybody else'] }))
    await send(org.scim, person.id, { value: 'Sales EMEA', title: 'CFO' })
    expect(await groupsOf(org.scim, person.id)).toEqual(['Sales: mapping Sales EMEA'])
  })
})

let plain: TestOrganization
beforeAll(async () => {
  plain = await newOrganization(world)
})

describe('memberships that change while a write is decided', () => {
  it('C4: send it back to be decided again; nothing of it is written', async () => {
    const { scim } = org
    const { id } = await newPerson(scim, carrying('Sales'))
    const before = await readAnyUser(scim.sql, id)
    if (before === null) throw new Error('The person is gone.')
    const document = carrying('Marketing', { userName: before.document['userName'] ?? '' })
    const user = { ...before, document, revision: before.revision + 1 }
    const mapping = knownMapping(scim)
    const placement = await findPlacement(scim, { before, user, mapping })
    if (placement === null) throw new Error('Nobody moves.')
    const by = { groupId: groups.Marketing, ids: [id], at: world.clock.now(), detail: {} }
    await addMembers(scim.sql, { ...by, kind: 'manual' })
    const change = { user, before, mapping, placement, events: [], tally: tallyOf('pending', 'pending') }
    expect(await storeMovedUser(scim, change)).toBe('lost-race')
    expect(await readAnyUser(scim.sql, id)).toEqual(before)
    expect(await groupsOf(scim, id)).toEqual(['Marketing: manual', 'Sales: mapping Sales'])
  })
})

describe('a mapping that another server saved', () => {
  it('C4: is followed by writes that come together; none is told that a seat is missing', async () => {
    const { orgId, owner, scim } = await newOrganization(world)
    const { Sales } = await makeGroups(owner.ctx, ['Sales'])
    const people = await Promise.all(Array.from({ length: 8 }, () => newPerson(scim)))
    const elsewhere = await makeWorld()
    await saveAndApply(elsewhere.contextFor(orgId, owner.actor), draft({ Sales }))
    const [movers, others] = [people.slice(0, 4), people.slice(4)]
    const [made] = await Promise.all([
      Promise.all(Array.from({ length: 4 }, () => newPerson(scim, carrying('Sales')))),
      ...others.map(({ id }, index) => send(scim, id, { title: `Title ${index}` })),
      ...movers.map(({ id }) => send(scim, id, { value: 'Sales' })),
    ])
    for (const { id } of [...made, ...movers])
      expect(await groupsOf(scim, id)).toEqual(['Sales: mapping Sales'])
    for (const { id } of others) expect(await groupsOf(scim, id)).toEqual([])
  })

  it('C4: leads people whom an older one, known here still, would lead elsewhere', async () => {
    const { orgId, owner, scim } = await newOrganization(world)
    const { Sales, Ops } = await makeGroups(owner.ctx, ['Sales', 'Ops'])
    const person = await newPerson(scim)
    await saveAndApply(owner.ctx, draft({ Sales }))
    const elsewhere = await makeWorld()
    const savedThere = async (group: string) =>
      saveAndApply(elsewhere.contextFor(orgId, owner.actor), draft({ Sales: group }))
    await savedThere(Ops)
    const late = await newPerson(scim, carrying('Sales'))
    await savedThere(Sales)
    await send(scim, person.id, { value: 'Sales' })
    expect(await groupsOf(scim, late.id)).toEqual(['Ops: mapping Sales'])
    expect(await groupsOf(scim, person.id)).toEqual(['Sales: mapping Sales'])
  })

  it('C4: a write that was decided by an older one is decided again, whoever learnt of the newer meanwhile', async () => {
    const before = await readAnyUser(org.scim.sql, (await newPerson(org.scim)).id)
    if (before === null) throw new Error('The person is gone.')
    const change = { events: [], tally: tallyOf('pending', 'pending'), mapping: noMapping }
    const user = { ...before, revision: before.revision + 1 }
    expect(await updateUser(org.scim, { ...change, user, before })).toBe('lost-race')
    const other = {
      ...before,
      id: world.clock.newId(),
      document: carrying(null, { userName: 'other@example.com' }),
    }
    await expect(insertUser(org.scim, { ...change, user: other })).rejects.toMatchObject({
      code: mappingMoved().code,
    })
    const known = { ...change, mapping: knownMapping(org.scim) }
    expect(await updateUser(org.scim, { ...known, user, before })).toBe('stored')
  })
})
