// Metadata by its address, from a real HTTPS server to the form of an admin (S72), and what that fetch does not reach.
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchMetadata } from '#server/outgoing/fetch-metadata.ts'
import { graphqlDoor, sender, type Send } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization } from '#test/support/make-world.ts'
import { bareCertificate, newIdpKey } from '#test/support/saml-pen.ts'
import { selfSigned } from '#test/support/self-signed.ts'

const { key, cert } = selfSigned()
const idp = newIdpKey()
const visits: string[] = []
let connections = 0
let server: Server
let origin: string
/** Of an admin where private addresses are open, as the operator may have them, and where they are not. */
let [inside, outside]: Send[] = []

const metadata = `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://idp.example/entity"><md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${bareCertificate(idp.cert)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`

const pages: Record<string, { status: number; body: string; location?: string }> = {
  '/metadata': { status: 200, body: metadata },
  '/moved': { status: 302, body: '', location: '/metadata' },
  '/gone': { status: 404, body: metadata },
  '/large': { status: 200, body: metadata + ' '.repeat(600_000) },
  '/page': { status: 200, body: '<!doctype html><p>Sign in first' },
}

beforeAll(async () => {
  server = createServer({ key, cert }, (request, response) => {
    const { status, body, location } = pages[request.url ?? ''] ?? { status: 500, body: '' }
    visits.push(request.url ?? '')
    response.writeHead(status, location === undefined ? {} : { location }).end(body)
  })
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  origin = `https://localhost:${String((server.address() as AddressInfo).port)}`
  const world = await makeWorld()
  const { owner } = await newOrganization(world)
  ;[inside, outside] = [true, false].map(allowPrivate => {
    const fetching = (url: string) => fetchMetadata(url, { allowPrivate, ca: cert })
    return sender(graphqlDoor(world, { fetchMetadata: fetching }), { cookie: owner.cookie })
  })
})
afterAll(() => server.close())
beforeEach(() => {
  visits.length = 0
  connections = 0
})

async function read(send: Send | undefined, url: string): Promise<Record<string, unknown>> {
  const answer = await send?.(
    'mutation ($input: ReadSsoMetadataInput!) { done: readSsoMetadata(input: $input) { ... on ReadSsoMetadataPayload { entityId signInUrl wantsSignedRequests certificates { body } } ... on InvalidInputError { fields { path } } ... on Error { code message } } }',
    { input: { url } },
  )
  return answer?.data['done'] as unknown as Record<string, unknown>
}

describe('S72: metadata by its address', () => {
  it('is fetched once, and its values are shown', async () => {
    expect(await read(inside, `${origin}/metadata`)).toEqual({
      entityId: 'https://idp.example/entity',
      signInUrl: 'https://idp.example/sso',
      wantsSignedRequests: true,
      certificates: [{ body: bareCertificate(idp.cert) }],
    })
    expect(visits).toEqual(['/metadata'])
  })

  it.each([
    ['leads elsewhere', '/moved', /status 302/],
    ['is gone', '/gone', /status 404/],
    ['is larger than 512 kB', '/large', /larger than 512 kB/],
    ['is a page for people', '/page', /no plain XML/],
  ])('that %s is refused, with one request', async (_what, path, words) => {
    const refused = await read(inside, origin + path)
    expect(refused).toMatchObject({ code: 'sso/bad-metadata' })
    expect(refused['message']).toMatch(words)
    expect(visits).toEqual([path])
  })

  it.each(['localhost', '127.0.0.1', '2130706433', '[::ffff:7f00:1]'])(
    'at %s is refused without a packet where the inside is closed',
    async host => {
      const address = `${origin.replace('localhost', host)}/metadata`
      expect(await read(outside, address)).toMatchObject({
        code: 'sso/bad-metadata',
        fields: [{ path: 'url' }],
      })
      expect(connections).toBe(0)
    },
  )
})
