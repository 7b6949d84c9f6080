// Calls the own SCIM door the way an identity provider would, without leaving the process.
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Probe } from './domain/scim-tokens/rules/probe.ts'

/** Nobody outside of this process knows it. */
const mark = randomUUID()
const markHeader = 'x-rollcall-probe'

/** True for a request of this process' own probe: it tries a token, which is no use of it. */
export function isProbe(headers: IncomingHttpHeaders): boolean {
  return headers[markHeader] === mark
}

/** The probe of an app that is built later. Times are in milliseconds. */
export function probeOf(app: () => FastifyInstance): Probe {
  return async ({ method, path, bearer, body, form }) => {
    const started = performance.now()
    const payload = form === undefined ? JSON.stringify(body) : new URLSearchParams(form).toString()
    const answer = await app().inject({
      method: method as 'GET',
      url: path,
      headers: {
        'content-type': form === undefined ? 'application/scim+json' : 'application/x-www-form-urlencoded',
        'user-agent': 'Rollcall connection test',
        [markHeader]: mark,
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      },
      ...(body === undefined && form === undefined ? {} : { payload }),
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
