// An operation that takes too long is stopped (G38): its caller is told, its transaction rolled back, its connection free.
import type { ExecutionResult } from 'graphql'
import { beforeAll, describe, expect, it } from 'vitest'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { globalId } from '#server/graphql/ids.ts'
import { graphqlDoor } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, testOrigin, type TestOrganization } from '#test/support/make-world.ts'
import type { World } from '#server/world.ts'

let world: World
let org: TestOrganization
beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world)
})

const issue = `mutation ($name: String!) { issueScimToken(input: { name: $name }) { __typename } }`
const read = '{ organization { scimTokens { name } } }'

/** The owner's operation, ready to run, at a door that is as patient as told, in milliseconds. */
async function prepared(longestOperation: number, query: string, name = '') {
  const door = graphqlDoor(world, { longestOperation })
  const shown = { authorization: null, cookie: `sid=${org.owner.cookie}`, origin: testOrigin }
  const actor = await door.authenticate(shown)
  if (actor === null) throw new Error('The owner is not signed in.')
  const operation = await door.prepare({ shown, actor }, { query, variables: { name } })
  if ('errors' in operation) throw new Error('The operation was refused.')
  return async () => (await operation.execute()) as ExecutionResult
}

/** Holds what every change of the organization waits for; the embedded database has one session to hold. */
async function holdOrganization(): Promise<() => Promise<void>> {
  const client = await world.database.pool.connect()
  await client.query('BEGIN')
  await client.query('SELECT FROM organizations WHERE id = $1 FOR UPDATE', [org.orgId])
  return async () => {
    await client.query('ROLLBACK')
    client.release()
  }
}

async function tokenNames(): Promise<string[]> {
  const tokens = await org.owner.ctx.db.scimToken.findMany({ where: { orgId: org.orgId } })
  return tokens.map(({ name }) => name)
}

describe('an operation that takes too long (G38)', () => {
  it('is answered with a sentence and a code, and leaves nothing behind', async () => {
    const run = await prepared(100, issue, 'Late')
    const release = await holdOrganization()
    const { errors, data } = await run()
    expect(data).toBeUndefined()
    expect(errors).toMatchObject([{ extensions: { code: 'TIMEOUT' } }])
    expect(errors?.[0]?.message).toMatch(/^The operation took longer than 0.1 seconds and was stopped/)
    await release()
    // Its transaction goes on to its next statement, which is refused; a transaction after it finds the lock free.
    expect(await (await prepared(60_000, issue, 'In time'))()).not.toHaveProperty('errors')
    expect(await tokenNames()).toContain('In time')
    expect(await tokenNames()).not.toContain('Late')
    expect(world.database.pool.idleCount).toBe(world.database.pool.totalCount)
  })

  it('may take longer where it concerns everybody of an organization', async () => {
    const groupId = await createGroupByHand(org.owner.ctx, { name: 'Everybody' })
    const id = globalId('Group', groupId)
    const remove = `mutation { deleteGroup(input: { id: "${id}" }) { __typename } }`
    const [patient, usual] = [await prepared(100, remove), await prepared(100, issue, 'Too late')]
    const release = await holdOrganization()
    const removed = patient()
    // Whoever came after it has been stopped by then.
    expect(await usual()).toMatchObject({ errors: [{ extensions: { code: 'TIMEOUT' } }] })
    await release()
    expect(await removed).toEqual({ data: { deleteGroup: { __typename: 'DeleteGroupPayload' } } })
  })

  it('lends that time to nothing else in the same operation', async () => {
    const beside = 'deleteGroup(input: { id: "nobody" }) { __typename }'
    const run = await prepared(100, issue.replace('issueScimToken', `${beside} issueScimToken`), 'Beside')
    const release = await holdOrganization()
    expect(await run()).toMatchObject({ errors: [{ extensions: { code: 'TIMEOUT' } }] })
    await release()
  })

  it('disturbs no other: one that is quick enough is answered as ever', async () => {
    expect(await (await prepared(60_000, read))()).toMatchObject({
      data: { organization: { scimTokens: expect.any(Array) as unknown } },
    })
  })
})
