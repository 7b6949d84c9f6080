// Where the server may be sent by a customer (trust H, outgoing calls): public https only, small, quick, no detours.
import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPublicAddress } from '#server/outgoing/address-guard.ts'
import { fetchSafely, RefusedFetch } from '#server/outgoing/fetch-safely.ts'
import { selfSigned } from '#test/support/self-signed.ts'

const { key, cert } = selfSigned()
const inside = { allowPrivate: true, ca: cert }
let server: Server
let origin: string
const visits: string[] = []
beforeAll(async () => {
  server = createServer({ key, cert }, answer)
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  origin = `https://localhost:${String((server.address() as AddressInfo).port)}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function answer(request: IncomingMessage, response: ServerResponse): void {
  visits.push(request.url ?? '')
  if (request.url === '/moved') response.writeHead(302, { location: `${origin}/keys` }).end()
  else if (request.url === '/large') response.end('x'.repeat(70_000))
  else if (request.url === '/slow') response.write('{')
  else response.end('{"keys":[]}')
}

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '203.0.113.5',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '100::1',
    '2001:db8::1',
    '2001::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not public', address => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])('%s is', address => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('without the inside', () => {
  const outside = { allowPrivate: false, ca: cert }

  it.each([
    'https://127.0.0.1/keys',
    'https://2130706433/keys',
    'https://0x7f.1/keys',
    'https://0/keys',
    'https://[::1]/keys',
    'https://[::ffff:7f00:1]/keys',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/keys',
    'https://localhost:8443/keys',
    'https://user:word@example.com/keys',
    'https://example.com:22/keys',
    'http://example.com/keys',
    'file:///etc/passwd',
  ])('%s is not called', async address => {
    await expect(fetchSafely(new URL(address), outside)).rejects.toBeInstanceOf(RefusedFetch)
  })

  it('a server that listens on another port than 443 and 8443 is not called', async () => {
    const before = visits.length
    await expect(fetchSafely(new URL(`${origin}/keys`), outside)).rejects.toBeInstanceOf(RefusedFetch)
    expect(visits).toHaveLength(before)
  })
})

describe('with the inside opened by the operator', () => {
  it('a document is fetched', async () => {
    expect(await fetchSafely(new URL(`${origin}/keys`), inside)).toEqual({ status: 200, text: '{"keys":[]}' })
  })

  it('a redirect is answered, not followed', async () => {
    visits.length = 0
    expect((await fetchSafely(new URL(`${origin}/moved`), inside)).status).toBe(302)
    expect(visits).toEqual(['/moved'])
  })

  it('an answer of more than 64 kB is not read', async () => {
    await expect(fetchSafely(new URL(`${origin}/large`), inside)).rejects.toThrow('larger than 64 kB')
  })

  it('an answer that never ends is given up after five seconds', async () => {
    const started = performance.now()
    await expect(fetchSafely(new URL(`${origin}/slow`), inside)).rejects.toThrow()
    expect(performance.now() - started).toBeLessThan(8_000)
  })

  it('a certificate that nobody trusts is refused, and plain http stays closed', async () => {
    await expect(fetchSafely(new URL(`${origin}/keys`), { allowPrivate: true })).rejects.toThrow(
      /certificate/,
    )
    const plain = origin.replace('https', 'http')
    await expect(fetchSafely(new URL(plain), inside)).rejects.toBeInstanceOf(RefusedFetch)
  })
})
