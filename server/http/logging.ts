// The log: one JSON line an occurrence, without secrets and without what people are called.
import type { FastifyServerOptions } from 'fastify'

const redacted = [
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  '*.password',
  '*.token',
  '*.secret',
  '*.emails',
  '*.phoneNumbers',
]

/** Options for Fastify's logger; query strings are cut, because filters name people. */
export function logging(
  level: string,
  stream?: { write: (line: string) => void },
): NonNullable<Exclude<FastifyServerOptions['logger'], boolean>> {
  return {
    level,
    redact: { paths: redacted, censor: '[redacted]' },
    serializers: {
      req: request => ({ method: request.method, url: request.url.split('?', 1)[0] ?? '', ip: request.ip }),
    },
    ...(stream === undefined ? {} : { stream }),
  }
}
