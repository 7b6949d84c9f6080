// The floor: what Fastify costs that answers fixed JSON and stores nothing. Started by the bench, told PORT.
import Fastify from 'fastify'
import { listResponse, type Resource } from '#server/scim/index.ts'
import { bodyOf } from './people.ts'

const type = 'application/scim+json; charset=utf-8'
const user: Resource = { ...bodyOf(1), id: '0190f3a0-0000-7000-8000-000000000001' }
const answers = {
  one: JSON.stringify(user),
  found: JSON.stringify(listResponse({ resources: [user], totalResults: 1, startIndex: 1 })),
  page: JSON.stringify(
    listResponse({ resources: Array.from({ length: 100 }, () => user), totalResults: 20_000, startIndex: 1 }),
  ),
}

const app = Fastify()
app.addContentTypeParser(
  'application/scim+json',
  { parseAs: 'string' },
  app.getDefaultJsonParser('error', 'error'),
)
app.get('/health', () => ({ ok: true }))
app.get('/scim/Users', (request, reply) => {
  const filtered = 'filter' in (request.query as Record<string, string>)
  return reply.type(type).send(filtered ? answers.found : answers.page)
})
app.get('/scim/Users/:id', (_request, reply) => reply.type(type).send(answers.one))
app.post('/scim/Users', (_request, reply) => reply.code(201).type(type).send(answers.one))
app.put('/scim/Users/:id', (_request, reply) => reply.type(type).send(answers.one))
app.patch('/scim/Users/:id', (_request, reply) => reply.type(type).send(answers.one))
app.delete('/scim/Users/:id', (_request, reply) => reply.code(204).send())
process.once('SIGTERM', () => process.exit(0))
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
