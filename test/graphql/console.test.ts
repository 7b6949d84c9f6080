// Every document of the console against this schema: it is valid, far below the limits, and costs few statements.
import { readdirSync } from 'node:fs'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import {
  getOperationAST,
  isInputType,
  OperationTypeNode,
  print,
  typeFromAST,
  type DocumentNode,
} from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { mostPoints } from '#server/graphql/cost.ts'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { schema } from '#server/graphql/schema.ts'
import type { User } from '#server/domain/users/rules/user.ts'
import type { World } from '#server/world.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { writeLines } from '#test/support/exchanges.ts'
import { graphqlDoor, sender } from '#test/support/graphql-client.ts'
import {
  makeWorld,
  newOrganization,
  newPerson,
  testOrigin,
  type TestOrganization,
} from '#test/support/make-world.ts'
import { makeGroups } from '../domain/group-mappings/placing.ts'
import { sampleInput } from './sample-input.ts'

const features = new URL('../../web/features/', import.meta.url)
const documents = await Promise.all(
  readdirSync(features)
    .filter(room => readdirSync(new URL(room, features)).includes('documents.ts'))
    .map(
      async room =>
        (await import(new URL(`${room}/documents.ts`, features).pathname)) as Record<string, DocumentNode>,
    ),
)
const operations: [string, DocumentNode][] = documents
  .flatMap<DocumentNode>(room => Object.values(room))
  .filter(document => getOperationAST(document) !== null)
  .map(document => [getOperationAST(document)?.name?.value ?? '', document])
const queries = operations.filter(
  ([, document]) => getOperationAST(document)?.operation === OperationTypeNode.QUERY,
)

/** Any input that fits, about the managed event or the group: what it says does not change the price. */
function inputOf(document: DocumentNode): unknown {
  const variable = getOperationAST(document)?.variableDefinitions?.find(
    node => node.variable.name.value === 'input',
  )
  const type = variable && typeFromAST(schema, variable.type)
  return isInputType(type)
    ? sampleInput(type, field => (field === 'groupId' ? group : managedEvent))
    : undefined
}

let world: World
let door: GraphqlDoor
let org: TestOrganization
/** Global ids. */
let managedEvent: string
let group: string
let variables: Record<string, unknown>

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world)
  const people: User[] = []
  for (let count = 0; count < 30; count += 1) people.push(await newPerson(org.scim))
  const { actor } = org.scim
  if (actor.kind === 'scim-token') await writeLines(org.scim, [{ id: actor.exchangeId }])
  await writeLines(
    org.scim,
    people.map(person => ({ userId: person.id, status: 404 })),
  )
  const managedEventId = await createManagedEvent(org.owner.ctx, { details: { name: 'Interview' } })
  managedEvent = Buffer.from(`ManagedEvent:${managedEventId}`).toString('base64')
  const { Sales } = await makeGroups(org.owner.ctx, ['Sales'])
  group = Buffer.from(`Group:${Sales}`).toString('base64')
  const exchange = await world.database.prisma.exchange.findFirstOrThrow({ where: { orgId: org.orgId } })
  variables = {
    first: 200,
    skip: 0,
    counted: true,
    hours: 24,
    people: true,
    groups: true,
    secret: 'x',
    search: 'x',
    email: 'ada@example.com',
    newest: await newestActivity(),
    id: Buffer.from(`User:${people[0]?.id ?? ''}`).toString('base64'),
    exchange: Buffer.from(`Exchange:${exchange.id}`).toString('base64'),
  }
})

/** Cursor of the latest line of the activity log. */
async function newestActivity(): Promise<unknown> {
  const { data } = await sender(door, { cookie: org.owner.cookie })(
    '{ organization { activity(first: 1) { edges { cursor } } } }',
  )
  const { activity } = data['organization'] as unknown as { activity: { edges: { cursor: string }[] } }
  return activity.edges[0]?.cursor
}

describe('a document of the console', () => {
  it('is found here', () => {
    expect(operations.length).toBeGreaterThan(20)
  })

  it.each(operations)('%s fits the schema and the limits', async (_name, document) => {
    const shown = { authorization: null, cookie: `sid=${org.owner.cookie}`, origin: testOrigin }
    const prepared = await door.prepare({ shown, actor: org.owner.actor }, { query: print(document) })
    expect('errors' in prepared ? prepared.errors.map(error => error.message) : []).toEqual([])
  })

  it.each(operations)('%s costs at most half of what is allowed', (_name, document) => {
    const { complexity } = complexityFromQuery(document, {
      schema,
      ctx: {},
      variables: { ...variables, input: inputOf(document) },
    })
    expect(complexity).toBeLessThanOrEqual(mostPoints / 2)
  })

  it.each(queries)('%s is answered with at most twelve statements (G39)', async (_name, document) => {
    const ask = () =>
      sender(door, { cookie: org.owner.cookie })(print(document), { ...variables, input: inputOf(document) })
    await ask()
    const { result, statements } = await countStatements(world.database, ask)
    expect(result.errors).toBeUndefined()
    expect(statements.length <= 12 ? [] : statements).toEqual([])
  })
})
