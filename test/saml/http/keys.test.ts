// Our own key: signed questions, what our metadata says of them, a change of keys, and installations that can keep none.
import { verify, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { configureSso } from '#server/domain/sso/configure-sso.ts'
import { deleteSso } from '#server/domain/sso/delete-sso.ts'
import { removeSpKey } from '#server/domain/sso/remove-sp-key.ts'
import { resealSpKeys } from '#server/domain/sso/reseal-sp-keys.ts'
import { rotateSpKey } from '#server/domain/sso/rotate-sp-key.ts'
import { createVault, type Vault } from '#server/domain/secrets/vault.ts'
import type { Service } from '#server/serve.ts'
import { usePlace } from '#test/oauth-http/client.ts'
import { fakeClock, type FakeClock } from '#test/support/fake-clock.ts'
import { makeService } from '#test/support/make-app.ts'
import { makeWorld, newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { encrypted } from '#test/support/saml-encryption.ts'
import { encoded, responseXml, signed } from '#test/support/saml-pen.ts'
import { browserOn, details, idp, type Asked } from './browser.ts'
import { certificatesIn } from './metadata.ts'

const place = usePlace()
let org: TestOrganization
let browser: ReturnType<typeof browserOn>
beforeAll(async () => {
  browser = browserOn(place)
  org = await newOrganization(place.world)
  await browser.connect(org, { signRequests: true })
})

const metadataOf = async (of: TestOrganization): Promise<string> =>
  (await browser.get(`/saml/${of.orgId}/metadata`)).body
const certificateOf = (body: string): X509Certificate => new X509Certificate(Buffer.from(body, 'base64'))

/** As SAML 2.0 bindings 3.4.4.1 has it: over the parameters as they were sent, in this order. */
function holds({ search, query }: Asked, certificate: string): boolean {
  const sent = /^\?(SAMLRequest=[^&]+&RelayState=[^&]+&SigAlg=[^&]+)&Signature=/.exec(search)?.[1] ?? ''
  const signature = Buffer.from(query.get('Signature') ?? '', 'base64')
  return verify('RSA-SHA256', Buffer.from(sent), certificateOf(certificate).publicKey, signature)
}

describe('a question', () => {
  it('S2: is signed with RSA-SHA256 by the key of the metadata, whole', async () => {
    const [certificate = ''] = certificatesIn(await metadataOf(org), 'signing')
    const asked = await browser.begin(org)
    expect(asked.query.get('SigAlg')).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')
    expect(holds(asked, certificate)).toBe(true)
    const changed = { ...asked, search: asked.search.replace('RelayState=_', 'RelayState=x') }
    expect(holds(changed, certificate)).toBe(false)
    expect(holds(await browser.test(org), certificate)).toBe(true)
  })

  it('is not signed where the connection says so, and the metadata says it, too', async () => {
    const other = await newOrganization(place.world)
    await configureSso(other.owner.ctx, details())
    expect((await browser.test(other)).query.has('Signature')).toBe(false)
    expect(await metadataOf(other)).toContain('AuthnRequestsSigned="false"')
    expect(await metadataOf(org)).toContain('AuthnRequestsSigned="true"')
  })

  it('is signed unless someone said otherwise, and that lasts until someone says something else', async () => {
    const other = await newOrganization(place.world)
    const saved = async (signRequests: boolean | null) => {
      await configureSso(other.owner.ctx, details({ signRequests }))
      return other.owner.ctx.db.ssoConnection.findUniqueOrThrow({ where: { orgId: other.orgId } })
    }
    expect(await saved(null)).toMatchObject({ signRequests: true, revision: 1 })
    expect(await saved(false)).toMatchObject({ signRequests: false, revision: 2 })
    expect(await saved(null)).toMatchObject({ signRequests: false, revision: 2 })
  })
})

describe('our key', () => {
  it('has 3,072 bits, a certificate for years, and stands in the metadata for both uses', async () => {
    const metadata = await metadataOf(org)
    const [certificate = ''] = certificatesIn(metadata, 'signing')
    expect(certificatesIn(metadata, 'encryption')).toEqual([certificate])
    expect(metadata).toContain('xmlenc11#aes256-gcm')
    const read = certificateOf(certificate)
    expect(read.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3_072)
    expect(read.verify(read.publicKey)).toBe(true)
    expect(read.subject).toBe(`CN=Rollcall ${org.orgId}`)
    expect(new Date(read.validTo).getFullYear() - place.clock.now().getFullYear()).toBe(10)
    const download = await browser.get(`/saml/${org.orgId}/certificate`)
    expect(certificateOf(download.body.replace(/-----[^-]+-----|\s/g, '')).fingerprint256).toBe(
      read.fingerprint256,
    )
  })

  it('is made once, however many ask for it at the same moment', async () => {
    const other = await newOrganization(place.world)
    const all = await Promise.all(Array.from({ length: 4 }, () => metadataOf(other)))
    expect(new Set(all.map(each => certificatesIn(each, 'signing').join())).size).toBe(1)
    expect(await other.owner.ctx.db.samlKey.count({ where: { orgId: other.orgId } })).toBe(1)
  })

  it('lies sealed in the database, and cannot be used for another organization', async () => {
    const [row] = await org.owner.ctx.db.samlKey.findMany({ where: { orgId: org.orgId } })
    const sealed = Buffer.from(row?.sealed ?? [])
    expect(sealed.includes(Buffer.from('2a864886f70d010101', 'hex'))).toBe(false)
    const other = await newOrganization(place.world)
    await browser.connect(other)
    await other.owner.ctx.db.samlKey.create({
      data: { ...(row ?? never()), orgId: other.orgId, id: place.world.clock.newId() },
    })
    await configureSso(other.owner.ctx, details({ signRequests: true }))
    await expect(browser.test(other)).rejects.toThrow('the key for that cannot be read')
  })

  it('is changed without a gap: the next one is published first, and signs when the old one is removed', async () => {
    const other = await newOrganization(place.world)
    await browser.connect(other, { signRequests: true })
    const [old = ''] = certificatesIn(await metadataOf(other), 'signing')
    await rotateSpKey(other.owner.ctx)
    await expect(rotateSpKey(other.owner.ctx)).rejects.toThrow('Remove the old one first')
    const both = await metadataOf(other)
    const [first, next = ''] = certificatesIn(both, 'signing')
    expect([first, certificatesIn(both, 'encryption')]).toEqual([old, [next, old]])
    const signIn = async (certificate: string): Promise<number> => {
      const asked = await browser.begin(other)
      const said = browser.said(asked, other.admin.email)
      const assertion = /<saml:Assertion.*<\/saml:Assertion>/s.exec(signed(responseXml(said), { by: idp }))
      const hidden = encrypted(assertion?.[0] ?? '', { certificate })
      return (await browser.arrive(asked, encoded(responseXml(said, hidden)))).status
    }
    expect([await signIn(old), await signIn(next)]).toEqual([303, 303])
    expect(holds(await browser.begin(other), old)).toBe(true)
    await removeSpKey(other.owner.ctx, { fingerprint: certificateOf(old).fingerprint256 })
    expect(holds(await browser.begin(other), next)).toBe(true)
    expect([await signIn(old), await signIn(next)]).toEqual([403, 303])
    const last = { fingerprint: certificateOf(next).fingerprint256 }
    await expect(removeSpKey(other.owner.ctx, last)).rejects.toThrow('the only key')
    await expect(removeSpKey(other.owner.ctx, { fingerprint: 'x' })).rejects.toThrow('no such key')
    await deleteSso(other.owner.ctx, { confirmName: other.name, deleteProvisioning: true })
    expect(await other.owner.ctx.db.samlKey.count({ where: { orgId: other.orgId } })).toBe(0)
  })
})

const never = (): never => {
  throw new Error('There is no key.')
}

/** The same database, served by an installation with another master key, or without one. */
async function servedWith<T>(
  vault: Vault | null,
  work: (there: {
    service: Service
    clock: FakeClock
    world: Awaited<ReturnType<typeof makeWorld>>
  }) => Promise<T>,
): Promise<T> {
  const clock = fakeClock()
  const world = await makeWorld({ clock, vault })
  const { service } = await makeService({ world })
  try {
    return await work({ service, clock, world })
  } finally {
    await service.close()
  }
}

describe('an installation', () => {
  const [mine, next] = [new Uint8Array(32).fill(7), new Uint8Array(32).fill(9)]

  it('without a master key signs nothing, publishes nothing, and says what to do', async () => {
    await servedWith(null, async there => {
      const other = await newOrganization(there.world)
      const bare = browserOn(there)
      await expect(configureSso(other.owner.ctx, details({ signRequests: true }))).rejects.toThrow(
        'ask your Rollcall operator to set MASTER_KEY',
      )
      await configureSso(other.owner.ctx, details({ signRequests: null }))
      expect((await bare.test(other)).query.has('Signature')).toBe(false)
      const metadata = await bare.get(`/saml/${other.orgId}/metadata`)
      expect(metadata.body).toContain('AuthnRequestsSigned="false"')
      expect(metadata.body).not.toContain('KeyDescriptor')
      expect((await bare.get(`/saml/${other.orgId}/certificate`)).status).toBe(403)
      await expect(rotateSpKey(other.owner.ctx)).rejects.toThrow('MASTER_KEY')
    })
  })

  it('with another master key than before says so, instead of asking without a signature', async () => {
    await servedWith(createVault([next]), async there => {
      const answer = await browserOn(there).get(`/saml/${org.orgId}/login`)
      expect(answer.status).toBe(403)
      expect(answer.body).toContain('MASTER_KEY is missing or is another one than before')
    })
  })

  it('seals its keys anew when the master key was changed, so that the old one can go', async () => {
    const sealedOf = async () =>
      (await org.owner.ctx.db.samlKey.findFirstOrThrow({ where: { orgId: org.orgId } })).sealed
    const before = await sealedOf()
    await resealSpKeys(org.owner.ctx)
    expect(await sealedOf()).toEqual(before)
    await resealSpKeys({ ...org.owner.ctx, vault: createVault([next]) })
    expect(await sealedOf()).toEqual(before)
    await resealSpKeys({ ...org.owner.ctx, vault: createVault([next, mine]) })
    await servedWith(createVault([next]), async there => {
      const asked = await browserOn(there).begin(org)
      expect(holds(asked, certificatesIn(await metadataOf(org), 'signing')[0] ?? '')).toBe(true)
    })
    await resealSpKeys({ ...org.owner.ctx, vault: createVault([mine, next]) })
    expect((await browser.begin(org)).query.has('Signature')).toBe(true)
  })
})
