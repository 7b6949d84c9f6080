// H18, H19: every answer carries the headers that keep a page to itself, whichever door it comes from.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import Fastify from 'fastify'
import { addSecurityHeaders } from '#server/http/security-headers.ts'
import type { Service } from '#server/serve.ts'
import { makeService } from '#test/support/make-app.ts'

let service: Service

beforeAll(async () => {
  ;({ service } = await makeService())
})

afterAll(() => service.close())

const org = '0190f3a0-0000-7000-8000-000000000001'

describe('an answer', () => {
  it.each([
    ['of health', 'GET', '/healthz', 200],
    ['of the SCIM door', 'GET', `/scim/v2/${org}/Users`, 401],
    ['of the sign-in door', 'GET', `/saml/${org}/login`, 403],
    ['of the graph', 'POST', '/graphql', 415],
    ['to nobody', 'GET', '/nowhere/at/all', 404],
  ] as const)(
    '%s forbids frames, foreign scripts, sniffing and referrers',
    async (_of, method, url, status) => {
      const { statusCode, headers } = await service.app.inject({ method, url })
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(
          /^default-src 'none';script-src 'self';.*frame-ancestors 'none'$/,
        ) as string,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
      })
      expect(statusCode).toBe(status)
    },
  )
})

it('demands no encryption of a place that has none', async () => {
  const app = Fastify()
  addSecurityHeaders(app, 'http://localhost:4000')
  const { headers } = await app.inject('/')
  expect(headers).toHaveProperty('content-security-policy')
  expect(headers).not.toHaveProperty('strict-transport-security')
  await app.close()
})
