// The wall between organizations: the ids of another one are simply unknown, and a query without a name is refused.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { demandOrganization } from '#server/db/org-client.ts'
import type { Context } from '#server/domain/context.ts'
import { createGroup } from '#server/domain/groups/create-group.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { findGroup } from '#server/domain/groups/find-group.ts'
import { deleteOrganization } from '#server/domain/organizations/delete-organization.ts'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { findUser } from '#server/domain/users/find-user.ts'
import { listUsers } from '#server/domain/users/list-users.ts'
import { restoreUser } from '#server/domain/users/restore-user.ts'
import { parseFilter, userType } from '#server/scim/index.ts'
import type { World } from '#server/world.ts'
import {
  makeWorld,
  newOrganization,
  newPerson,
  noticeOf,
  operatorActor,
  type TestOrganization,
} from '#test/support/make-world.ts'
import { ofPeople } from './users/use-cases.ts'
import { clientOf, ofClients, ofSecrets } from './oauth-clients/use-cases.ts'
import { ofKeys, ofNotices, ofTokens } from './notices/use-cases.ts'
import { ofGroups, ofManagedEvents } from './managed-events/use-cases.ts'

let world: World
let mine: TestOrganization
let theirs: TestOrganization
const unknown = '018f0000-0000-7000-8000-000000000000'

beforeAll(async () => {
  world = await makeWorld()
  mine = await newOrganization(world, { enforced: false })
  theirs = await newOrganization(world, { enforced: false })
})

type UseCase = (ctx: { owner: Context; scim: Context }, id: string) => Promise<unknown>
const settings = provisioningSettings({})

/** Every use case that takes an id, by the kind of id it takes. */
const everyUseCase = () => ({
  ...ofPeople,
  ...ofTokens,
  ...ofKeys,
  ...ofNotices,
  ...ofClients,
  ...ofSecrets,
  ...ofGroups,
  ...ofManagedEvents,
})

/** Called with ids that the server itself has looked up; no caller can choose them. */
const inner =
  'applyUserChange beginTokenUse recordTokenUses startSession openSession authenticateClient demandPassword prepareSecret purgeUser'.split(
    ' ',
  )

/** What a use case is given: its own `…Input` and the head of the function. */
function inputOf(text: string): string {
  const declared = /export interface \w+Input[^{]*\{[\s\S]*?\n\}/.exec(text)?.[0] ?? ''
  const head = /export async function \w+\([\s\S]*?\): Promise/.exec(text)?.[0] ?? ''
  return declared + head
}

async function refusalOf(call: UseCase, id: string): Promise<object> {
  const error: unknown = await call({ owner: mine.owner.ctx, scim: mine.scim }, id).catch(
    (reason: unknown) => reason,
  )
  const { kind, code, message, detail } = error as Record<string, unknown>
  return { kind, code, message: String(message).replaceAll(id, 'ID'), detail }
}

describe('the contract', () => {
  it.each(Object.entries(everyUseCase()))(
    '%s answers the same for an id of another organization as for an unknown one',
    async (name, call) => {
      const person = await newPerson(theirs.scim)
      const { group } = await createGroup(theirs.scim, {
        names: { displayName: name, externalId: null },
        members: [person.id],
        settings,
      })
      const clients = name in ofClients || name in ofSecrets
      const { clientId, secretId } = clients ? await clientOf(theirs) : { clientId: '', secretId: '' }
      const managedEventId = await createManagedEvent(theirs.owner.ctx, { details: { name } })
      const foreign =
        [
          { of: ofTokens, id: theirs.scimToken.id },
          { of: ofKeys, id: theirs.apiKey.id },
          { of: ofNotices, id: await noticeOf(theirs) },
          { of: ofClients, id: clientId },
          { of: ofSecrets, id: secretId },
          { of: ofGroups, id: group.id },
          { of: ofManagedEvents, id: managedEventId },
        ].find(each => name in each.of)?.id ?? person.id
      const refusal = await refusalOf(call, foreign)
      expect(refusal).toMatchObject({ kind: 'not-found' })
      expect(refusal).toEqual(await refusalOf(call, unknown))
      expect(await findUser(theirs.scim, { userId: person.id })).toBeDefined()
      expect(await findGroup(theirs.scim, { groupId: group.id })).toEqual(group)
    },
  )

  it('restoring another organization’s deleted person is as unknown', async () => {
    const { id } = await newPerson(theirs.scim)
    await deleteUser(theirs.scim, { userId: id, graceDays: 7 })
    const restore: UseCase = ({ owner }, userId) => restoreUser(owner, { userId })
    expect(await refusalOf(restore, id)).toEqual(await refusalOf(restore, unknown))
  })

  it('holds for every use case that takes an id', () => {
    const folder = new URL('../../server/domain', import.meta.url).pathname
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      file => /\.ts$/.test(file) && !/rules|\.sql\.ts/.test(file),
    )
    const taking = files.flatMap(file => {
      const text = readFileSync(join(folder, file), 'utf8')
      const name = /export async function (\w+)\(\s*ctx: Context/.exec(text)?.[1]
      return name !== undefined &&
        /(?:user|token|key|group|client|secret|managedEvent|notice)Id: string[\n; ]/.test(inputOf(text))
        ? [name]
        : []
    })
    const known = new Set([...Object.keys(everyUseCase()), ...inner])
    expect(taking).toContain('findUser')
    expect(taking.filter(name => !known.has(name))).toEqual([])
  })

  it('an organization that does not exist is unknown to the operator', async () => {
    const nowhere = world.contextFor(unknown, operatorActor)
    await expect(updateOrganization(nowhere, { name: 'x' })).rejects.toMatchObject({
      code: 'organizations/unknown',
    })
    const installation = world.installationFor(operatorActor)
    await expect(
      deleteOrganization(installation, { organizationId: unknown, confirmName: 'x' }),
    ).rejects.toMatchObject({ code: 'organizations/unknown' })
  })

  it('only the operator may change or delete organizations, and may not enter them', async () => {
    const refusal = { kind: 'forbidden' }
    await expect(updateOrganization(mine.owner.ctx, { plan: 'teams' })).rejects.toMatchObject(refusal)
    const asOwner = world.installationFor(mine.owner.actor)
    await expect(
      deleteOrganization(asOwner, { organizationId: mine.orgId, confirmName: mine.name }),
    ).rejects.toMatchObject(refusal)
    const operator = world.contextFor(mine.orgId, operatorActor)
    await expect(enforceProvisioning(operator, { enforced: true })).rejects.toMatchObject(refusal)
    await expect(findUser(operator, { userId: mine.owner.userId })).rejects.toMatchObject(refusal)
  })
})

describe('two organizations with the same people', () => {
  it('I1: find their own only', async () => {
    const twin = { userName: 'twin@ex.org', externalId: 'twin' }
    const [one, other] = [await newPerson(mine.scim, twin), await newPerson(theirs.scim, twin)]
    const question = (text: string) => ({
      filter: parseFilter(text, userType),
      sort: null,
      start: { skip: 0 },
      count: 100,
    })
    for (const text of [
      'userName eq "twin@ex.org"',
      'externalId eq "twin"',
      `id eq "${one.id}" or id eq "${other.id}"`,
      'userName sw "twin" or title pr',
    ]) {
      const found = await Promise.all([mine, theirs].map(each => listUsers(each.scim, question(text))))
      expect(found.map(({ users }) => users.map(user => user.id))).toEqual([[one.id], [other.id]])
      expect(found.map(({ total }) => total)).toEqual([1, 1])
    }
  })

  it('I9: deleting one leaves no row of it in any table, and the other whole', async () => {
    const gone = await newOrganization(world)
    const person = await newPerson(gone.scim)
    const names = { displayName: 'Sales', externalId: null }
    await createGroup(gone.scim, { names, members: [person.id], settings: provisioningSettings({}) })
    const before = await theirs.scim.db.user.count({ where: { orgId: theirs.orgId } })
    await deleteOrganization(world.installationFor(operatorActor), {
      organizationId: gone.orgId,
      confirmName: gone.name,
    })
    const { rows } = await world.database.pool.query<{ name: string }>(
      "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'",
    )
    for (const { name } of rows) {
      const left = await world.database.pool.query(`SELECT 1 FROM ${name} t WHERE strpos(t::text, $1) > 0`, [
        gone.orgId,
      ])
      expect(left.rows, name).toEqual([])
    }
    expect(await theirs.scim.db.user.count({ where: { orgId: theirs.orgId } })).toBe(before)
  })
})

describe('the wall', () => {
  const orgId = unknown
  it.each([
    ['User', 'findMany', {}],
    ['User', 'findMany', { where: {} }],
    ['User', 'findMany', { where: { orgId: 'another' } }],
    ['User', 'findMany', { where: { OR: [{ orgId }, {}] } }],
    ['User', 'findMany', { where: { NOT: { orgId } } }],
    ['User', 'findMany', { where: { orgId: { not: orgId } } }],
    ['User', 'findFirst', { where: { orgId: { in: [orgId, 'another'] } } }],
    ['User', 'findUnique', { where: { orgId_id: { orgId: 'another', id: '1' } } }],
    ['User', 'count', {}],
    ['User', 'aggregate', {}],
    ['User', 'groupBy', {}],
    ['User', 'create', { data: { id: '1' } }],
    ['User', 'createMany', { data: [{ orgId }, { orgId: 'another' }] }],
    ['User', 'update', { where: { id: '1' }, data: {} }],
    ['User', 'updateMany', { data: {} }],
    ['User', 'deleteMany', {}],
    ['User', 'upsert', { where: { orgId_id: { orgId, id: '1' } }, create: { orgId: 'another' } }],
    ['Organization', 'findMany', {}],
    ['Organization', 'update', { where: { id: 'another' } }],
  ])('I2: refuses %s.%s with %j', (model, operation, args) => {
    expect(() => {
      demandOrganization({ model, operation, args }, orgId)
    }).toThrow(/does not name its organization/)
  })

  it.each([
    ['User', 'findMany', { where: { orgId, status: 'active' } }],
    ['User', 'findUnique', { where: { orgId_id: { orgId, id: '1' } } }],
    ['User', 'createMany', { data: [{ orgId }, { orgId }] }],
    ['User', 'upsert', { where: { orgId_id: { orgId, id: '1' } }, create: { orgId } }],
    ['Organization', 'findUnique', { where: { id: orgId } }],
  ])('lets %s.%s with %j pass', (model, operation, args) => {
    expect(() => {
      demandOrganization({ model, operation, args }, orgId)
    }).not.toThrow()
  })

  it('I2: stands in every context, inside transactions, too', async () => {
    await expect(mine.scim.db.user.findMany()).rejects.toThrow(/does not name its organization/)
    await expect(mine.scim.db.user.deleteMany({ where: { orgId: theirs.orgId } })).rejects.toThrow(
      /does not name/,
    )
    await expect(mine.scim.inTransaction(({ db }) => db.user.count())).rejects.toThrow(/does not name/)
  })
})
