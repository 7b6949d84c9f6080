// Keys that an identity provider publishes: fetched once, again for a new key, and not for every stranger.
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPublishedKeys } from '#server/outgoing/published-keys.ts'
import { selfSigned } from '#test/support/self-signed.ts'

const { key, cert } = selfSigned()
let server: Server
let origin: string
let published: unknown[] = []
let status = 200
let fetched = 0
beforeAll(async () => {
  server = createServer({ key, cert }, (_request, response) => {
    fetched += 1
    response.writeHead(status).end(JSON.stringify({ keys: published }))
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  origin = `https://localhost:${String((server.address() as AddressInfo).port)}`
})
afterAll(() => server.close())

async function newKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const sign = () => new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey)
  return { jwk: { ...(await exportJWK(publicKey)), kid }, sign }
}

it('I12: are fetched once for many assertions, and not again at once for a key that is not there', async () => {
  const [one, other] = [await newKey('one'), await newKey('other')]
  published = [one.jwk]
  fetched = 0
  const keys = createPublishedKeys({ allowPrivate: true, ca: cert })
  for (let count = 0; count < 3; count += 1) await jwtVerify(await one.sign(), keys(`${origin}/a`))
  expect(fetched).toBe(1)
  for (let count = 0; count < 3; count += 1) {
    await expect(jwtVerify(await other.sign(), keys(`${origin}/a`))).rejects.toMatchObject({
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    })
  }
  expect(fetched).toBe(1)
})

it('an address that fails is left alone for a while', async () => {
  const one = await newKey('one')
  status = 500
  fetched = 0
  const keys = createPublishedKeys({ allowPrivate: true, ca: cert })
  for (let count = 0; count < 3; count += 1) {
    await expect(jwtVerify(await one.sign(), keys(`${origin}/b`))).rejects.toThrow()
  }
  expect(fetched).toBe(1)
})

it('an address of the inside is never called', async () => {
  const one = await newKey('one')
  fetched = 0
  const keys = createPublishedKeys({ allowPrivate: false, ca: cert })
  await expect(jwtVerify(await one.sign(), keys(`${origin}/c`))).rejects.toThrow('Only the ports')
  expect(fetched).toBe(0)
})
