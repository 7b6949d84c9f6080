// The secret of a SCIM token is in the answer that issues it and nowhere else (T19 of trust.md 7.2).
import { getNamedType, isLeafType, isObjectType, isRequiredArgument, type GraphQLObjectType } from 'graphql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { schema } from '#server/graphql/schema.ts'
import { serve, type Service } from '#server/serve.ts'
import { publicUrl } from '#test/support/make-app.ts'
import { makeWorld, newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import type { World } from '#server/world.ts'

interface Issued {
  readonly secret: string
  readonly token: { readonly id: string }
}

const lines: string[] = []
let world: World
let org: TestOrganization
let service: Service
beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world)
  const config = readConfig({ PUBLIC_URL: publicUrl, LOG_LEVEL: 'trace', SCIM_RATE: '0' })
  service = await serve(world, { config, logStream: { write: line => void lines.push(line) } })
})
afterAll(() => service.close())

const browser = () => ({ cookie: `__Host-sid=${org.owner.cookie}`, 'x-rollcall': '1', origin: publicUrl })

async function ask(query: string, variables: object = {}): Promise<{ data: Record<string, Issued> }> {
  const answer = await service.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { ...browser(), 'content-type': 'application/json' },
    payload: JSON.stringify({ query, variables }),
  })
  return answer.json()
}

/** A token by each of the mutations that show one. */
async function issueAndRotate(): Promise<Issued[]> {
  const issued = await ask(`mutation { made: issueScimToken(input: { name: "Entra" }) {
    ... on IssueScimTokenPayload { secret token { id } } } }`)
  const { made } = issued.data
  await ask('mutation ($id: ID!) { revokeScimToken(input: { id: $id }) { __typename } }', {
    id: Buffer.from(`ScimToken:${org.scimToken.id}`).toString('base64'),
  })
  const rotated = await ask(
    `mutation ($id: ID!) { made: rotateScimToken(input: { id: $id, name: "Next", oldEnds: HOURS_24 }) {
      ... on RotateScimTokenPayload { secret token { id } } } }`,
    { id: made?.token.id },
  )
  return [made, rotated.data['made']].filter(each => each !== undefined)
}

/** Every field that may be asked for without an argument, objects down to a depth; of pages the nodes. */
function fieldsOf(type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).map(field => {
    const of = getNamedType(field.type)
    if (field.args.some(isRequiredArgument) || field.name === 'edges') return ''
    if (isLeafType(of)) return field.name
    return isObjectType(of) && depth > 0 ? `${field.name} { ${fieldsOf(of, depth - 1)} }` : ''
  })
  return ['__typename', ...fields].join(' ')
}

/** Rows of a table in which the text stands, in whatever column. */
async function find(table: string, text: string): Promise<object[]> {
  const query = `SELECT 1 AS found FROM ${table} t WHERE strpos(t::text, $1) > 0`
  return (await world.database.pool.query<{ found: number }>(query, [text])).rows
}

it('trust T19: the secret is in the answer that issues it, and in no table, log line, list or export', async () => {
  const issued = await issueAndRotate()
  expect(issued.map(({ secret }) => secret)).toEqual([
    expect.stringMatching(/^rc_scim_/),
    expect.stringMatching(/^rc_scim_/),
  ])
  for (const { secret } of issued) {
    const url = `/scim/v2/${org.orgId}/Users?count=1`
    const used = await service.app.inject({ url, headers: { authorization: `Bearer ${secret}` } })
    expect(used.statusCode, used.body).toBe(200)
  }
  const organization = schema.getType('Organization') as GraphQLObjectType
  const seen: string[] = []
  for (const field of Object.values(organization.getFields())) {
    const of = getNamedType(field.type)
    if (!isObjectType(of) || field.args.some(isRequiredArgument)) continue
    const answer = await ask(`{ organization { ${field.name} { ${fieldsOf(of, 1)} } } }`)
    expect(answer, field.name).not.toHaveProperty('errors')
    seen.push(JSON.stringify(answer))
  }
  for (const name of ['users', 'groups', 'activity', 'group-mapping'])
    seen.push((await service.app.inject({ url: `/exports/${name}.csv`, headers: browser() })).body)
  // Lists and log know the tokens, so this search would find them.
  expect(seen.join('\n')).toContain('Entra')
  await service.close()
  const { rows: tables } = await world.database.pool.query<{ name: string }>(
    "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'",
  )
  expect(tables.length).toBeGreaterThan(10)
  for (const { secret } of issued) {
    // What lists show are 12 and 4 characters; the random part is what must not be found, also where it stands alone.
    const random = secret.slice(18, -6)
    for (const { name } of tables) expect(await find(name, random), name).toEqual([])
    expect(await find('scim_tokens', secret.slice(0, 12))).not.toEqual([])
    expect([...lines, ...seen].filter(text => text.includes(random))).toEqual([])
  }
})
