// Calls the own SCIM door the way an identity provider would, without leaving the process.
import type { FastifyInstance } from 'fastify'
import type { Probe } from './domain/scim-tokens/test-connection.ts'

/** The probe of an app that is built later. Times are in milliseconds. */
export function probeOf(app: () => FastifyInstance): Probe {
  return async ({ method, path, bearer, body }) => {
    const started = performance.now()
    const answer = await app().inject({
      method: method as 'GET',
      url: path,
      headers: {
        authorization: `Bearer ${bearer}`,
        'content-type': 'application/scim+json',
        'user-agent': 'Rollcall connection test',
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    return { status: answer.statusCode, body: parsed(answer.body), durationMs: performance.now() - started }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
