// Single sign-on over GraphQL: saving, testing, enforcing with recovery codes first, and what its end takes along.
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import { signInWithRecoveryCode } from '#server/domain/sessions/sign-in-with-recovery-code.ts'
import { startSession } from '#server/domain/sessions/start-session.ts'
import { isPublicAddress } from '#server/outgoing/address-guard.ts'
import { fetchMetadata } from '#server/outgoing/fetch-metadata.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor, publicUrl, sender } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, testOrigin } from '#test/support/make-world.ts'
import { bareCertificate, newIdpKey } from '#test/support/saml-pen.ts'
import { selfSigned, selfSignedRsa } from '#test/support/self-signed.ts'
import { idp, input, openOffice, type Office } from './sso-office.ts'

let world: World
let door: GraphqlDoor
const next = selfSignedRsa({ days: 10 })
beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
})

const office = (options?: { requireSso?: boolean }): Promise<Office> => openOffice({ world, door }, options)

const lockOf = async ({ send }: Office): Promise<unknown> => {
  const answer = await send('{ organization { provisioning { lockedReason } } }')
  return (answer.data['organization'] as unknown as { provisioning: { lockedReason: unknown } }).provisioning
    .lockedReason
}

describe('saving the identity provider', () => {
  it('shows what to copy before anything is saved, and what was saved afterwards', async () => {
    const { org, sso, change } = await office()
    expect(await sso()).toMatchObject({
      status: 'NOT_CONFIGURED',
      entityId: null,
      certificates: [],
      audienceUrl: `${publicUrl}/saml/${org.orgId}/metadata`,
      acsUrl: `${publicUrl}/saml/${org.orgId}/acs`,
    })
    expect(await change('configureSso', input)).toMatchObject({
      status: 'DRAFT',
      entityId: input.entityId,
      changedByName: org.owner.name,
      certificates: [{ state: 'VALID', body: bareCertificate(idp.cert) }],
    })
  })

  it.each([
    ['an entity ID with blanks', { entityId: 'a b' }, 'sso/bad-details'],
    ['a sign-in URL without TLS', { signInUrl: 'http://idp.example/sso' }, 'sso/bad-details'],
    ['a sign-in URL that is a script', { signInUrl: 'javascript:alert(1)' }, 'sso/bad-details'],
    ['a session of a month', { sessionHours: 720 }, 'sso/bad-details'],
    ['no certificate', { certificates: [] }, 'sso/bad-certificate'],
    ['three certificates', { certificates: [idp.cert, idp.cert, idp.cert] }, 'sso/bad-certificate'],
    ['a certificate that is none', { certificates: ['x'.repeat(400)] }, 'sso/bad-certificate'],
    ['a certificate of an elliptic key', { certificates: [selfSigned().cert] }, 'sso/bad-certificate'],
    [
      'a certificate of 1,024 bits',
      { certificates: [selfSignedRsa({ bits: 1_024 }).cert] },
      'sso/bad-certificate',
    ],
  ])('refuses %s', async (_what, changed, code) => {
    const { change } = await office()
    expect(await change('configureSso', { ...input, ...changed })).toMatchObject({ code })
  })

  it('has to be tested again after a change of what is checked, and stays tested after another', async () => {
    const { change, pass } = await office()
    await change('configureSso', input)
    await pass()
    expect(await change('configureSso', { ...input, sessionHours: 8 })).toMatchObject({ status: 'TESTED' })
    expect(await change('configureSso', { ...input, signInUrl: 'https://idp.example/other' })).toMatchObject({
      status: 'DRAFT',
    })
  })

  it('adds a second certificate beside the first, warns of its end, and keeps the last one', async () => {
    const { change, pass } = await office()
    await change('configureSso', input)
    await pass()
    const two = await change('addSsoCertificate', { certificate: next.cert })
    expect(two).toMatchObject({ status: 'TESTED', certificates: [{ state: 'VALID' }, { state: 'EXPIRING' }] })
    expect(await change('addSsoCertificate', { certificate: newIdpKey().cert })).toMatchObject({
      code: 'sso/too-many-certificates',
    })
    const [first, second] = two['certificates'] as { fingerprint: string }[]
    expect(await change('removeSsoCertificate', { fingerprint: first?.fingerprint })).toMatchObject({
      certificates: [{ state: 'EXPIRING' }],
    })
    expect(await change('removeSsoCertificate', { fingerprint: second?.fingerprint })).toMatchObject({
      code: 'sso/last-certificate',
    })
  })
})

describe('metadata', () => {
  const document = (inside = ''): string =>
    `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://idp.example/entity"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${bareCertificate(idp.cert)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>${inside}<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>`
  const read = async ({ send }: Office, value: object): Promise<unknown> => {
    const answer = await send(
      'mutation ($input: ReadSsoMetadataInput!) { done: readSsoMetadata(input: $input) { ... on ReadSsoMetadataPayload { entityId signInUrl certificates { body } } ... on Error { code message } } }',
      { input: value },
    )
    return answer.data['done']
  }

  it('is read and shown, and saves nothing', async () => {
    const place = await office()
    expect(await read(place, { metadata: document() })).toEqual({
      entityId: input.entityId,
      signInUrl: input.signInUrl,
      certificates: [{ body: bareCertificate(idp.cert) }],
    })
    expect(await place.sso()).toMatchObject({ status: 'NOT_CONFIGURED' })
  })

  it.each([
    ['with a DOCTYPE', () => `<!DOCTYPE x [<!ENTITY a "b">]>${document().replace(/^<\?.*?\?>/, '')}`],
    ['without a certificate', () => document().replace(/<md:KeyDescriptor.*<\/md:KeyDescriptor>/s, '')],
    ['that is no XML', () => 'hello'],
    ['with nothing', () => ''],
  ])('%s is refused', async (_what, metadata) => {
    expect(await read(await office(), { metadata: metadata() })).toMatchObject({ code: 'sso/bad-metadata' })
  })

  it.each([
    'https://169.254.169.254/latest',
    'https://localhost/x',
    'https://2130706433/x',
    'https://[::ffff:7f00:1]/x',
    'http://idp.example/metadata',
    'https://idp.example:22/metadata',
  ])('S72: is not fetched from %s', async address => {
    const guarded = graphqlDoor(world, { fetchMetadata: url => fetchMetadata(url, { allowPrivate: false }) })
    const org = await newOrganization(world)
    const place = { ...(await office()), send: sender(guarded, { cookie: org.owner.cookie }) }
    expect(await read(place, { url: address })).toMatchObject({ code: 'sso/bad-metadata' })
    expect(isPublicAddress('127.0.0.1')).toBe(false)
  })
})

describe('enforcing', () => {
  const visitor = () =>
    world.installationFor({ kind: 'anonymous', name: 'x', origin: { ...testOrigin, ip: null } })

  it('needs a passed test and recovery codes first, and then lets passwords in no more, but the owner’s', async () => {
    const { org, send, change, pass, sso } = await office()
    const { owner } = org
    expect(await change('enforceSso', { enforced: true })).toMatchObject({ code: 'sso/none' })
    await change('configureSso', input)
    expect(await change('enforceSso', { enforced: true })).toMatchObject({ code: 'sso/not-tested' })
    await pass()
    expect(await change('enforceSso', { enforced: true })).toMatchObject({ code: 'sso/no-recovery-codes' })
    const made = await send(
      'mutation { done: createRecoveryCodes { ... on CreateRecoveryCodesPayload { codes } } }',
    )
    const { codes } = made.data['done'] as unknown as { codes: string[] }
    expect(new Set(codes)).toHaveProperty('size', 10)
    expect(await change('enforceSso', { enforced: true })).toMatchObject({
      status: 'ENFORCED',
      enforced: true,
      recoveryCodesLeft: 10,
    })
    const credential = await owner.ctx.db.credential.findFirstOrThrow({ where: { orgId: org.orgId } })
    await owner.ctx.db.credential.create({
      data: { ...credential, userId: org.admin.userId, loginKey: org.admin.email },
    })
    const asAdmin = signIn(visitor(), { email: org.admin.email, password: owner.password })
    await expect(asAdmin).rejects.toMatchObject({ code: 'sessions/sso-enforced' })
    expect(await signIn(visitor(), { email: owner.email, password: owner.password })).toMatchObject({
      kind: 'signed-in',
    })
    const typed = (codes[0] ?? '').toUpperCase().replaceAll('-', ' ')
    const inside = await signInWithRecoveryCode(visitor(), { email: owner.email, code: typed })
    expect(inside.actor).toMatchObject({ userId: owner.userId })
    const again = signInWithRecoveryCode(visitor(), { email: owner.email, code: typed })
    await expect(again).rejects.toMatchObject({ code: 'sessions/wrong-recovery-code' })
    expect(await sso()).toMatchObject({ recoveryCodesLeft: 9 })
    expect(await change('configureSso', { ...input, entityId: 'https://other.example' })).toMatchObject({
      code: 'sso/enforced',
    })
  })

  it('is told to visitors by the domain of their address, known or not', async () => {
    const { org, change, pass } = await office()
    await org.owner.ctx.db.credential.updateMany({
      where: { orgId: org.orgId },
      data: { loginKey: `owner@${org.orgId}.example` },
    })
    const anyone = sender(door, {})
    const ways = async (email: string): Promise<unknown> =>
      (
        await anyone(
          'query ($email: String!) { signInWays(email: $email) { organizationName url enforced } }',
          { email },
        )
      ).data['signInWays']
    await change('configureSso', input)
    expect(await ways(`owner@${org.orgId}.example`)).toEqual([])
    await pass()
    const way = { organizationName: org.name, url: `${publicUrl}/saml/${org.orgId}/login`, enforced: false }
    expect(await ways(`owner@${org.orgId}.example`)).toEqual([way])
    expect(await ways(`Nobody@${org.orgId.toUpperCase()}.example`)).toEqual([way])
    expect(await ways('owner@%.example')).toEqual([])
  })
})

describe('provisioning that needs single sign-on', () => {
  it('S73: stays locked until the test has passed, and says why', async () => {
    const place = await office({ requireSso: true })
    const switchOn = () =>
      place.send(
        'mutation { done: enforceProvisioning(input: { enforced: true }) { ... on Error { code } } }',
      )
    const issue = () =>
      place.send('mutation { done: issueScimToken(input: { name: "x" }) { ... on Error { code } } }')
    expect(await lockOf(place)).toContain('Set up single sign-on first')
    expect((await switchOn()).data['done']).toEqual({ code: 'sso/first' })
    expect((await issue()).data['done']).toEqual({ code: 'sso/first' })
    await place.change('configureSso', input)
    expect(await lockOf(place)).toContain('not tested yet')
    await place.pass()
    expect(await lockOf(place)).toBeNull()
    expect((await switchOn()).data['done']).toEqual({})
  })

  it('S74: is suspended or deleted with it, and only when that was agreed to', async () => {
    const { org, change, pass } = await office({ requireSso: true })
    const { db, orgId } = org.owner.ctx
    await change('configureSso', input)
    await pass()
    await enforceProvisioning(org.owner.ctx, { enforced: true })
    await startSession(org.admin.ctx, { userId: org.admin.userId, via: 'sso' })
    expect(await change('disableSso')).toMatchObject({ code: 'sso/scim-depends' })
    expect(await change('disableSso', { suspendProvisioning: true })).toMatchObject({ status: 'DISABLED' })
    expect(await db.organization.findUniqueOrThrow({ where: { id: orgId } })).toMatchObject({
      scimEnforced: false,
    })
    expect(await db.session.count({ where: { orgId, via: 'sso' } })).toBe(0)
    expect(await db.scimToken.count({ where: { orgId } })).toBe(1)
    const confirmName = org.name
    expect(await change('deleteSso', { confirmName: 'x' })).toMatchObject({ code: 'sso/name-differs' })
    expect(await change('deleteSso', { confirmName })).toMatchObject({ code: 'sso/scim-depends' })
    expect(await change('deleteSso', { confirmName, deleteProvisioning: true })).toMatchObject({
      status: 'NOT_CONFIGURED',
    })
    expect(await db.scimToken.count({ where: { orgId } })).toBe(0)
    expect(await db.user.count({ where: { orgId } })).toBe(2)
  })

  it('goes on without it where the operator does not demand it', async () => {
    const place = await office()
    await place.change('configureSso', input)
    await place.pass()
    expect(await place.change('disableSso')).toMatchObject({
      status: 'DISABLED',
      requiredForProvisioning: false,
    })
    expect(await lockOf(place)).toBeNull()
  })
})
