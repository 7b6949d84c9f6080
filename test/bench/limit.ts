// The limit: Fastify and hand-written SQL, no log, no rules, one table. Started by the bench, told PORT and DATABASE_URL.
import { createHash } from 'node:crypto'
import Fastify from 'fastify'
import pg from 'pg'
import { v7 } from 'uuid'
import type { Resource } from '#server/scim/index.ts'

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 })
await pool.query(
  'CREATE TABLE IF NOT EXISTS limit_users (id uuid PRIMARY KEY, key text UNIQUE, active boolean, document jsonb)',
)
await pool.query('CREATE TABLE IF NOT EXISTS limit_tokens (hash bytea PRIMARY KEY)')
await pool.query(
  `INSERT INTO limit_users SELECT id, user_name_key, status <> 'deactivated', document FROM users`,
)
await pool.query('INSERT INTO limit_tokens SELECT hash FROM scim_tokens')
await pool.query('VACUUM (ANALYZE) limit_users')

interface Row {
  readonly id: string
  readonly active: boolean
  readonly document: Resource
}

const type = 'application/scim+json; charset=utf-8'
const app = Fastify()
app.addContentTypeParser(
  'application/scim+json',
  { parseAs: 'string' },
  app.getDefaultJsonParser('error', 'error'),
)

async function run(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
  return (await pool.query<Row>({ name, text, values: [...values] })).rows
}

function shown({ id, active, document }: Row): Resource {
  return { ...document, id, active, meta: { resourceType: 'User', location: `/scim/Users/${id}` } }
}

app.addHook('preHandler', async (request, reply) => {
  if (request.url === '/health') return
  const hash = createHash('sha256')
    .update((request.headers.authorization ?? '').slice(7))
    .digest()
  const rows = await run('token', 'SELECT true AS active FROM limit_tokens WHERE hash = $1', [hash])
  if (rows.length === 0) await reply.code(401).send()
})

app.get('/health', () => ({ ok: true }))

app.get('/scim/Users', async (request, reply) => {
  const query = request.query as Record<string, string>
  const name = /^userName eq "(.*)"$/.exec(query['filter'] ?? '')?.[1]
  const rows =
    name === undefined
      ? await run('page', pageText, [Number(query['count']), Number(query['startIndex']) - 1])
      : await run('find', 'SELECT id, active, document FROM limit_users WHERE key = $1', [name.toLowerCase()])
  const totalResults =
    name === undefined ? Number((await pool.query<{ n: string }>(countText)).rows[0]?.n) : rows.length
  return reply
    .type(type)
    .send(
      JSON.stringify({ totalResults, startIndex: 1, itemsPerPage: rows.length, Resources: rows.map(shown) }),
    )
})

const pageText = `SELECT u.id, u.active, u.document
  FROM (SELECT id FROM limit_users ORDER BY id LIMIT $1 OFFSET $2) k JOIN limit_users u USING (id) ORDER BY u.id`
const countText = 'SELECT count(*) AS n FROM limit_users'

app.get<{ Params: { id: string } }>('/scim/Users/:id', async (request, reply) => {
  const [row] = await run('get', 'SELECT id, active, document FROM limit_users WHERE id = $1', [
    request.params.id,
  ])
  return row === undefined ? reply.code(404).send() : reply.type(type).send(JSON.stringify(shown(row)))
})

app.post<{ Body: Resource }>('/scim/Users', async (request, reply) => {
  const { active, meta: _meta, ...document } = request.body
  const row = { id: v7(), active: active !== false, document }
  await run('insert', 'INSERT INTO limit_users VALUES ($1, $2, $3, $4)', [
    row.id,
    keyOf(document),
    row.active,
    JSON.stringify(document),
  ])
  return reply
    .code(201)
    .type(type)
    .send(JSON.stringify(shown(row)))
})

app.put<{ Params: { id: string }; Body: Resource }>('/scim/Users/:id', async (request, reply) => {
  const { active, meta: _meta, ...document } = request.body
  const values = [request.params.id, keyOf(document), active !== false, JSON.stringify(document)]
  const [row] = await run(
    'put',
    `UPDATE limit_users SET key = $2, active = $3, document = $4 WHERE id = $1 ${back}`,
    values,
  )
  return row === undefined ? reply.code(404).send() : reply.type(type).send(JSON.stringify(shown(row)))
})

interface Operation {
  readonly path: string
  readonly value: string
}

const back = 'RETURNING id, active, document'

app.patch<{ Params: { id: string }; Body: { Operations: Operation[] } }>(
  '/scim/Users/:id',
  async (request, reply) => {
    const [operation] = request.body.Operations
    const { id } = request.params
    const [row] =
      operation?.path === 'active'
        ? await run('active', `UPDATE limit_users SET active = $2 WHERE id = $1 ${back}`, [
            id,
            operation.value === 'True',
          ])
        : await run(
            'name',
            `UPDATE limit_users SET document = jsonb_set(document, '{name,familyName}', to_jsonb($2::text)) WHERE id = $1 ${back}`,
            [id, operation?.value],
          )
    return row === undefined ? reply.code(404).send() : reply.type(type).send(JSON.stringify(shown(row)))
  },
)

app.delete<{ Params: { id: string } }>('/scim/Users/:id', async (request, reply) => {
  await run('delete', 'DELETE FROM limit_users WHERE id = $1', [request.params.id])
  return reply.code(204).send()
})

function keyOf(document: Resource): string {
  const { userName } = document
  return typeof userName === 'string' ? userName.toLowerCase() : ''
}

process.once('SIGTERM', () => process.exit(0))
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
