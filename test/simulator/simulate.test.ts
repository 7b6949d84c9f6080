// The simulator against the service on a real port: three providers, and what it says when something is wrong.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { revokeScimToken } from '#server/domain/scim-tokens/revoke-scim-token.ts'
import type { Service } from '#server/serve.ts'
import { simulate } from '#server/simulator/simulate.ts'
import type { World } from '#server/world.ts'
import { makeService } from '#test/support/make-app.ts'
import { newOrganization, type NewTestOrganization } from '#test/support/make-world.ts'

let world: World
let service: Service
let origin: string

beforeAll(async () => {
  const made = await makeService()
  world = made.world
  service = made.service
  origin = await service.app.listen({ port: 0, host: '127.0.0.1' })
})

afterAll(async () => {
  await service.close()
})

interface Played {
  readonly code: number
  readonly text: string
}

async function play(words: readonly string[], sleep?: (ms: number) => Promise<void>): Promise<Played> {
  const lines: string[] = []
  const say = (line: string): void => {
    lines.push(line)
  }
  const code = await simulate(words, { say, ...(sleep === undefined ? {} : { sleep }) })
  return { code, text: lines.join('\n') }
}

async function organization(wanted: NewTestOrganization = {}, at = origin) {
  const made = await newOrganization(world, wanted)
  const where = ['--base-url', `${at}/scim/v2/${made.orgId}`, '--token', made.scimToken.secret]
  return { ...made, where }
}

async function living(orgId: string): Promise<number> {
  return world.database.prisma.user.count({ where: { orgId, status: { not: 'deleted' } } })
}

describe('the simulator', () => {
  test.each([
    [
      'entra',
      'Entra ID',
      ['Connection test', 'Matching before create', 'Create', 'Update', 'Disable', 'Re-enable', 'Delete'],
    ],
    ['okta', 'Okta', ['Unassign (Okta only deactivates)', 'Clean up after the simulation']],
    ['onelogin', 'OneLogin', ['Create', 'Update', 'Disable', 'Find the disabled', 'Re-enable', 'Delete']],
  ])('plays the whole cycle of %s and leaves nobody behind', async (idp, title, steps) => {
    const { where, orgId } = await organization()
    const before = await living(orgId)
    const { code, text } = await play([...where, '--idp', idp, '--people', '20'])
    expect(text).not.toContain('FAIL')
    expect(text).toContain(`Playing ${title} with 20 people`)
    for (const step of steps) expect(text).toContain(step)
    expect(text).toContain('Everything an identity provider needs works.')
    expect(code).toBe(0)
    expect(await living(orgId)).toBe(before)
    const refused = await world.database.prisma.exchange.groupBy({
      by: ['method'],
      where: { orgId, status: { gte: 400 } },
    })
    expect(refused).toEqual([])
  })

  test('counts failures, says the first in the server’s words and answers 1', async () => {
    const { where, orgId } = await organization({ seats: 12 })
    const { code, text } = await play([...where, '--people', '20', '--parallel', '1'])
    expect(code).toBe(1)
    expect(text).toMatch(/FAIL {2}Create +20 requests +10 failed/)
    expect(text).toMatch(/first failure: sim-\w{8}-0011@example\.com: 403 instead of 201: .*seat/i)
    expect(text).toMatch(/ok {4}Delete +10 requests/)
    expect(text).toContain('Failed: Create.')
    expect(await living(orgId)).toBe(2)
  })
})

describe('a refusal at the door', () => {
  test.each([
    [
      'of an ended token',
      {},
      /^The server refused the token \(401\)\. The bearer token is missing or no longer valid/m,
    ],
    [
      'while SCIM is off',
      { enforced: false },
      /^The server does not let the token in \(403\)\. SCIM is switched off/m,
    ],
  ])('%s is one sentence', async (_what, wanted, sentence) => {
    const { where, owner, scimToken } = await organization(wanted)
    if (!('enforced' in wanted)) await revokeScimToken(owner.ctx, { tokenId: scimToken.id })
    const { code, text } = await play([...where, '--people', '3'])
    expect(code).toBe(1)
    expect(text.split('\n')).toHaveLength(2)
    expect(text).toMatch(sentence)
  })

  test('at an address without server is one sentence', async () => {
    const { code, text } = await play(['--base-url', 'http://127.0.0.1:9/scim/v2/x', '--token', 't'])
    expect(code).toBe(1)
    expect(text).toMatch(
      /No server answers at http:\/\/127\.0\.0\.1:9 \(.+\)\. Start Rollcall, or correct --base-url\.$/,
    )
  })
})

describe('arguments', () => {
  const where = ['--base-url', 'http://127.0.0.1:9/scim/v2/x', '--token', 't']
  test.each([
    [[], '--base-url is missing. Copy it in Rollcall under Login > User provisioning.'],
    [
      ['--base-url', 'x', '--token', 't'],
      '--base-url "x" is no http(s) address. Copy it in Rollcall under Login > User provisioning.',
    ],
    [where.slice(0, 2), '--token is missing. Generate one in Rollcall under Login > User provisioning.'],
    [[...where, '--idp', 'ping'], '--idp "ping" is not known. Choose one of: entra, okta, onelogin.'],
    [[...where, '--people', '0'], '--people must be a whole number from 1 to 100,000.'],
    [[...where, '--people=two'], '--people must be a whole number from 1 to 100,000.'],
    [[...where, '--people'], '--people needs a value. Use: npm run simulate'],
    [[...where, 'now'], '"now" is not known. Use: npm run simulate'],
  ])('%j are refused in one sentence', async (words, sentence) => {
    const { code, text } = await play(words)
    expect(code).toBe(1)
    expect(text).toContain(sentence)
    expect(text.split('\n')).toHaveLength(1)
  })
})

describe('a server that asks to wait', () => {
  let proxy: Server

  afterAll(() => {
    proxy.close()
  })

  test('is given the seconds of Retry-After and asked again', async () => {
    let calls = 0
    proxy = createServer((request, response) => {
      calls += 1
      if (calls % 5 === 0) {
        response.writeHead(429, { 'retry-after': '7' }).end()
        return
      }
      void forward(request, { response, url: `${origin}${request.url ?? ''}` })
    })
    await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    const { where } = await organization({}, `http://127.0.0.1:${String(port)}`)
    const waited: number[] = []
    const { code, text } = await play([...where, '--people', '4', '--parallel', '1'], ms => {
      waited.push(ms)
      return Promise.resolve()
    })
    expect(text).not.toContain('FAIL')
    expect(code).toBe(0)
    expect(new Set(waited)).toEqual(new Set([7_000]))
    expect(text).toContain(`asked to wait ${String(waited.length)} times`)
  })
})

async function forward(
  request: IncomingMessage,
  to: { response: ServerResponse; url: string },
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
  const answer = await fetch(to.url, {
    method: request.method ?? 'GET',
    headers: headers as Record<string, string>,
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  })
  const text = await answer.text()
  to.response
    .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    .end(text === '' ? undefined : text)
}
