// Clients whose keys are published (checklist I12): fetched from a real https server, refused when they cannot be had.
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createOauthClient } from '#server/domain/oauth-clients/create-oauth-client.ts'
import { createPublishedKeys } from '#server/outgoing/published-keys.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { selfSigned } from '#test/support/self-signed.ts'
import { askToken, assertionForm, newSigner, signed, usePlace, type Signer } from './client.ts'

const { key, cert } = selfSigned()
const place = usePlace({ remoteKeys: createPublishedKeys({ allowPrivate: true, ca: cert }) })
let server: Server
let org: TestOrganization
const sets = new Map<string, string>()
beforeAll(async () => {
  org = await newOrganization(place.world)
  server = createServer({ key, cert }, (request, response) => {
    const set = sets.get(request.url ?? '')
    response.writeHead(set === undefined ? 404 : 200).end(set)
  })
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
})
afterAll(() => server.close())

/** A client whose keys are at this path, and what it is answered for an assertion of this signer. */
async function statusOf(path: string, signer: Signer): Promise<number> {
  const { port } = server.address() as AddressInfo
  const { clientId } = await createOauthClient(org.owner.ctx, {
    name: `Keys at ${path}`,
    authentication: 'private_key_jwt',
    jwksUri: `https://localhost:${String(port)}${path}`,
  })
  const assertion = await signed(signer, { org, clientId, now: place.clock.now() })
  return (await askToken(place.service, org, { form: assertionForm(assertion) })).status
}

it('are taken when a published key has signed, also when none of several is named', async () => {
  const [one, other] = [await newSigner(), await newSigner()]
  sets.set('/both', `{"keys":[${other.jwk},${one.jwk}]}`)
  expect(await statusOf('/both', one)).toBe(200)
  expect(await statusOf('/both', await newSigner())).toBe(401)
})

it.each([
  ['/missing', undefined],
  ['/garbage', 'keys'],
  ['/shape', '{"keys":5}'],
])('are refused while %s answers no key set, and the log says so', async (path, set) => {
  if (set !== undefined) sets.set(path, set)
  expect(await statusOf(path, await newSigner())).toBe(401)
  await vi.waitFor(async () => {
    const line = await org.scim.db.exchange.findFirst({
      where: { orgId: org.orgId, tokenName: `Keys at ${path}` },
    })
    expect(line?.summary).toContain('could not be fetched')
  })
})
