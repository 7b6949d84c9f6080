// Changing people (checklist 3.12): PATCH /Users/{id}, the message and each operation, through the database.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Resource } from '#server/scim/index.ts'
import { CAL, ENT, expectError, PATCH_OP, useDoor, USER, type Tenant } from './client.ts'
import { ada, add, cases, remove, replace } from './patch-cases.ts'

const door = useDoor()
let tenant: Tenant
beforeAll(async () => {
  tenant = await door.tenant()
})

describe('PATCH /Users/{id}', () => {
  it.each(cases)('%s', async (_id, operations, changes) => {
    const sent = ada()
    const id = await tenant.make(sent)
    const { status, body, text, headers } = await tenant.patch(`/Users/${id}`, operations)
    expect(status, text).toBe(200)
    const expected = Object.fromEntries(
      Object.entries({ ...sent, ...changes }).filter(([, value]) => value !== undefined),
    )
    const extensions = [ENT, CAL].filter(urn => urn in expected)
    const changed = Object.keys(changes).length > 0
    const version = changed ? 'W/"2"' : 'W/"1"'
    expect(body).toEqual({
      ...expected,
      id,
      active: true,
      schemas: [USER, ...extensions],
      meta: { ...(body['meta'] as object), version },
    })
    expect(headers['etag']).toBe(version)
    expect((await tenant.get(`/Users/${id}`)).body).toEqual(body)
  })

  const message = (rest: object): object => ({ schemas: [PATCH_OP], ...rest })
  it.each([
    ['H1: no Operations', message({}), 'invalidSyntax'],
    ['H1: empty Operations', message({ Operations: [] }), 'invalidSyntax'],
    ['H1: Operations that are no list', message({ Operations: 'x' }), 'invalidSyntax'],
    ['H1: no object', [], 'invalidSyntax'],
    ['H1: an empty body', '', 'invalidSyntax'],
    [
      'H3: another word',
      message({ Operations: [{ op: 'move', path: 'title', value: 'x' }] }),
      'invalidSyntax',
    ],
    ['H20: no object without path', message({ Operations: [add(undefined, 'x')] }), 'invalidSyntax'],
    ['H21: add without value', message({ Operations: [{ op: 'add', path: 'title' }] }), 'invalidValue'],
    [
      'H41: replace without value',
      message({ Operations: [{ op: 'replace', path: 'title' }] }),
      'invalidValue',
    ],
    ['H30: remove without path', message({ Operations: [{ op: 'remove' }] }), 'noTarget'],
    ['H9: id', message({ Operations: [replace('id', 'x')] }), 'mutability'],
    ['H9: meta', message({ Operations: [replace('meta.created', '2020-01-01T00:00:00Z')] }), 'mutability'],
    ['H9: groups', message({ Operations: [add('groups', [{ value: 'x' }])] }), 'mutability'],
    ['H32: remove userName', message({ Operations: [remove('userName')] }), 'mutability'],
    ['H14: an empty userName', message({ Operations: [replace('userName', '')] }), undefined],
    ['H11: a malformed path', message({ Operations: [replace('emails[', 'x')] }), 'invalidPath'],
    [
      'H12: a malformed filter',
      message({ Operations: [replace('emails[type is "x"].value', 'x')] }),
      'invalidFilter',
    ],
    ['H14: another type', message({ Operations: [replace('title', 5)] }), 'invalidValue'],
    ['H48: text for a complex value', message({ Operations: [replace('name', 'Ada')] }), 'invalidValue'],
    [
      'H9: a prototype in a path',
      message({ Operations: [replace('__proto__.polluted[', true)] }),
      'invalidPath',
    ],
  ])('%s is 400 and changes nothing', async (_case, body, scimType) => {
    const id = await tenant.make(ada())
    const before = (await tenant.get(`/Users/${id}`)).text
    const answer = await tenant.call({ method: 'PATCH', path: `/Users/${id}`, body })
    expect(answer.status, answer.text).toBe(400)
    if (scimType !== undefined) expectError(answer, 400, scimType)
    expect((await tenant.get(`/Users/${id}`)).text).toBe(before)
  })

  it('H2: Operations and op are read in any case, without schemas, too', async () => {
    const id = await tenant.make(ada())
    const body = { operations: [{ OP: 'Replace', Path: 'title', Value: 'Chief' }] }
    expect((await tenant.call({ method: 'PATCH', path: `/Users/${id}`, body })).body['title']).toBe('Chief')
  })

  it('H4: all or nothing, the database included', async () => {
    const taken = ada()
    await tenant.make(taken)
    const id = await tenant.make(ada())
    const before = (await tenant.get(`/Users/${id}`)).text
    expectError(
      await tenant.patch(`/Users/${id}`, [replace('title', 'B'), replace('id', 'x')]),
      400,
      'mutability',
    )
    expectError(
      await tenant.patch(`/Users/${id}`, [replace('title', 'B'), replace('userName', taken['userName'])]),
      409,
      'uniqueness',
    )
    expect((await tenant.get(`/Users/${id}`)).text).toBe(before)
  })

  it('H6: an unknown id is 404', async () => {
    expectError(await tenant.patch('/Users/nobody', [replace('title', 'x')]), 404)
  })

  it('H35: removing active takes nobody’s access', async () => {
    const id = await tenant.make(ada())
    const answer = await tenant.patch(`/Users/${id}`, [remove('active')])
    expect([200, 400]).toContain(answer.status)
    expect((await tenant.get(`/Users/${id}`)).body['active']).toBe(true)
  })

  it('H49: a thousand operations are done, more are refused', async () => {
    const id = await tenant.make(ada())
    const operations = (count: number) =>
      Array.from({ length: count }, (_, index) => replace('title', `T${String(index)}`))
    expect((await tenant.patch(`/Users/${id}`, operations(1_000))).body['title']).toBe('T999')
    const refused = await tenant.patch(`/Users/${id}`, operations(1_001))
    expectError(refused, 413)
    expect(refused.body['detail']).toMatch(/1,?000/)
  })

  it('a deactivation needs no seat, a reactivation does', async () => {
    const small = await door.tenant({ seats: 3 })
    const first = await small.make()
    expect((await small.patch(`/Users/${first}`, [replace('active', false)])).status).toBe(200)
    await small.make()
    expectError(await small.patch(`/Users/${first}`, [replace('active', true)]), 403)
    expect((await small.get(`/Users/${first}`)).body['active']).toBe(false)
  })

  it('W2: thirty parallel changes of one person all last', async () => {
    const id = await tenant.make(ada())
    const values = Array.from({ length: 30 }, (_, index) => `r${String(index)}`)
    const answers = await Promise.all(
      values.map(value => tenant.patch(`/Users/${id}`, [add('roles', [{ value }])])),
    )
    expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]))
    const { body, headers } = await tenant.get(`/Users/${id}`)
    const roles = (body['roles'] as unknown as Resource[]).map(role => role['value'])
    expect(new Set(roles)).toEqual(new Set(values))
    expect(headers['etag']).toBe('W/"31"')
  })
})
