// G24: who may read which field of the organization and follow which stream; asked for as the schema has them.
import {
  getNamedType,
  isCompositeType,
  isRequiredArgument,
  type ExecutionResult,
  type GraphQLField,
} from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { schema } from '#server/graphql/schema.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor, sender, type Sender } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, testOrigin, type TestOrganization } from '#test/support/make-world.ts'
import { everyCaller, isRefused } from './callers.ts'
import { admins, everybody, global, members, readers, unknown, type Caller } from './operations.ts'
import { sampleInput } from './sample-input.ts'

const all: Caller[] = [...members, 'operator']
const peopleReaders: Caller[] = [...readers, 'usersKey', 'mappingsKey']
const mappingReaders: Caller[] = [...readers, 'mappingsKey']
const provisioningReaders: Caller[] = [...readers, 'tokensKey', 'settingsKey']
const groupReaders: Caller[] = [...readers, 'groupAdmin', 'mappingsKey', 'groupsKey', 'eventsKey']
const eventReaders: Caller[] = [...readers, 'groupAdmin', 'eventsKey']

/** Every field of the organization, and every stream. A new one without a row fails. */
const ofOrganization: Record<string, Caller[]> = {
  activity: readers,
  apiKeys: admins,
  changeSets: mappingReaders,
  createdAt: all,
  entitlements: all,
  exchanges: readers,
  groupMapping: mappingReaders,
  groups: groupReaders,
  id: all,
  jobs: mappingReaders,
  mailsInvitations: all,
  managedEvents: eventReaders,
  mappingFromCsv: mappingReaders,
  name: all,
  notices: readers,
  oauthClients: provisioningReaders,
  plan: all,
  previewGroupMapping: mappingReaders,
  previewGroupMembers: [...admins, 'groupAdmin', 'groupsKey'],
  previewManagedEventAssignment: [...admins, 'groupAdmin', 'eventsKey'],
  previewManagedEventUpdate: [...admins, 'eventsKey'],
  provisioning: provisioningReaders,
  provisioningEvents: readers,
  requireSso: all,
  requireTwoStep: all,
  scimTokens: provisioningReaders,
  seats: [...peopleReaders, 'operator'],
  sso: readers,
  undeliveredMails: readers,
  userCounts: [...peopleReaders, 'operator'],
  users: peopleReaders,
}
const ofStreams: Record<string, Caller[]> = {
  exchanges: readers,
  job: mappingReaders,
  openNotices: readers,
  provisioningEvents: readers,
  provisioningHealth: provisioningReaders,
}

let world: World
let door: GraphqlDoor
let org: TestOrganization
let callers: Map<Caller, Sender>
let strangers: Map<Caller, Sender>

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world)
  callers = await everyCaller({ world, door }, org)
  strangers = await everyCaller({ world, door }, await newOrganization(world))
})

type Fields = Readonly<Record<string, GraphQLField<unknown, unknown>>>
const fieldsOf = (type: { getFields: () => Fields } | null | undefined): Fields => type?.getFields() ?? {}
const organization = fieldsOf(schema.getType('Organization') as unknown as { getFields: () => Fields })
const streams = fieldsOf(schema.getSubscriptionType())

/** The field with no more than it must be given. */
function asked(field: GraphQLField<unknown, unknown>) {
  const needed = field.args.filter(isRequiredArgument)
  const inner = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''
  const given = needed.map(({ name }) => `${name}: $${name}`).join(', ')
  return {
    head: needed.map(({ name, type }) => `, $${name}: ${String(type)}`).join(''),
    selection: `${field.name}${given && `(${given})`}${inner}`,
    variables: Object.fromEntries(
      needed.map(({ name, type }) => [name, sampleInput(type, () => global('Job', unknown))]),
    ),
  }
}

function ofOne(field: GraphQLField<unknown, unknown>, orgId: string): [string, Record<string, unknown>] {
  const { head, selection, variables } = asked(field)
  const query = `query ($org: ID${head}) { organization(id: $org) { __typename ${selection} } }`
  return [query, { ...variables, org: global('Organization', orgId) }]
}

/** The first message, or that there is none: what opens is closed again. */
async function follow(who: Sender | undefined, field: GraphQLField<unknown, unknown>) {
  const { cookie, bearer } = who ?? {}
  const shown = {
    authorization: bearer === undefined ? null : `Bearer ${bearer}`,
    cookie: cookie === undefined ? null : `sid=${cookie}`,
    origin: testOrigin,
  }
  const actor = await door.authenticate(shown)
  if (actor === null) throw new Error('The test shows something that opens nothing.')
  const { head, selection, variables } = asked(field)
  const query = `subscription ${head && `(${head.slice(2)})`} { ${selection} }`
  const prepared = await door.prepare({ shown, actor }, { query, variables })
  if ('errors' in prepared) return { errors: prepared.errors }
  const opened = await prepared.subscribe()
  if (!(Symbol.asyncIterator in opened)) return opened
  await opened.return?.()
  return {} satisfies ExecutionResult
}

async function allowed(answer: (caller: Caller) => Promise<Parameters<typeof isRefused>[0]>) {
  const outcome: Caller[] = []
  for (const caller of everybody) if (!isRefused(await answer(caller))) outcome.push(caller)
  return outcome
}
const inOrder = (some: readonly Caller[] = []) => everybody.filter(caller => some.includes(caller))

describe('G24: a field of the organization', () => {
  it('is written down, as every stream is', () => {
    expect(Object.keys(ofOrganization)).toEqual(Object.keys(organization).sort())
    expect(Object.keys(ofStreams)).toEqual(Object.keys(streams).sort())
  })

  it.each(Object.values(organization).map(field => [field.name, field] as const))(
    '%s is read by whom it is written, and unknown to everybody of another organization',
    async (name, field) => {
      const [query, variables] = ofOne(field, org.orgId)
      const reading = allowed(async caller => {
        const answer = await sender(door, callers.get(caller))(query, variables)
        return { data: answer.data, errors: answer.errors as never }
      })
      expect(await reading).toEqual(inOrder(ofOrganization[name]))
      for (const caller of members) {
        const send = sender(door, strangers.get(caller))
        const { data, errors, status } = await send(...ofOne(field, org.orgId))
        expect(data).toEqual({ organization: null })
        const missing = await send(...ofOne(field, unknown))
        expect({ data, errors, status }).toEqual({
          data: missing.data,
          errors: missing.errors,
          status: missing.status,
        })
      }
    },
  )
})

describe('G24: a stream', () => {
  it.each(Object.values(streams).map(field => [field.name, field] as const))(
    '%s is opened to whom it is written',
    async (name, field) => {
      expect(await allowed(caller => follow(callers.get(caller), field))).toEqual(inOrder(ofStreams[name]))
    },
  )
})
