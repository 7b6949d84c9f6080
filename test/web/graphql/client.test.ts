// Who asks what over a client, and when nobody does any more.
import { readFileSync } from 'node:fs'
import { buildSchema, isObjectType } from 'graphql'
import { afterEach, expect, test, vi } from 'vitest'
import { failures, withoutId } from '#web/graphql/cached-client.ts'
import { createClient, stopAsking } from '#web/graphql/client.ts'

const schema = buildSchema(readFileSync('server/graphql/schema.graphql', 'utf8'))
/** What the cache knows by itself, and what stands at the root of a mutation's answer. */
const known = /^__|^(Query|Mutation|Subscription)$|(Connection|Edge|Payload)$/

const question = 'query Anything { viewer { id } }'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('after leaving nothing is asked but what brings its own way', async () => {
  const answer = () => Promise.resolve(Response.json({ data: { viewer: null } }))
  const asked = vi.fn(answer)
  vi.stubGlobal('fetch', asked)
  const plainClient = createClient(() => undefined)
  await plainClient.query(question, {}).toPromise()
  expect(asked).toHaveBeenCalledTimes(1)
  stopAsking()
  void plainClient.query(question, {}).toPromise()
  const own = vi.fn(answer)
  await plainClient.query('query Own { viewer { id } }', {}, { fetch: own }).toPromise()
  expect(own).toHaveBeenCalledTimes(1)
  expect(asked).toHaveBeenCalledTimes(1)
})

test('the cache is told of every type without an id, and of none that does not exist', () => {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType)
  const bare = types.filter(type => !('id' in type.getFields()) && !known.test(type.name))
  const told = [...withoutId, ...failures]
  expect(bare.map(type => type.name).filter(name => !told.includes(name))).toEqual([])
  expect(told.filter(name => !types.some(type => type.name === name))).toEqual([])
})
