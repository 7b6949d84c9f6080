// Organizations, tokens and settings at the door (checklist 3.19, trust 7.2 and 7.5).
import { describe, expect, it } from 'vitest'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { revokeScimToken } from '#server/domain/scim-tokens/revoke-scim-token.ts'
import { rotateScimToken } from '#server/domain/scim-tokens/rotate-scim-token.ts'
import { operatorActor } from '#test/support/make-world.ts'
import { CAL, ENT, exchangesOf, expectError, LIST, person, useDoor, USER } from './client.ts'

const door = useDoor()
const title = (value: string) => [{ op: 'replace', path: 'title', value }]

describe('two organizations', () => {
  it('Z1, Z3, I1, I10: the id of a person elsewhere is as unknown as any', async () => {
    const [one, other] = [await door.tenant(), await door.tenant()]
    const twin = person({ externalId: 'twin', displayName: 'Canary of one' })
    const id = await one.make(twin)
    await other.make(twin)
    const unknown = '018f0000-0000-7000-8000-000000000000'
    const texts = async (asked: string) =>
      [
        await other.get(`/Users/${asked}`),
        await other.put(`/Users/${asked}`, twin),
        await other.patch(`/Users/${asked}`, title('x')),
        await other.remove(`/Users/${asked}`),
        await other.remove(`/Users/${asked}`, { 'if-match': '*' }),
      ].map(answer => `${String(answer.status)} ${answer.text.replaceAll(asked, 'ID')}`)
    const answers = await texts(id)
    expect(answers).toEqual(await texts(unknown))
    for (const answer of answers) expect(answer).toMatch(/^404 /)
    expect(answers.join(' ')).not.toContain('Canary')
    expect(await other.find(`id eq "${id}"`)).toEqual([])
    expect((await one.get(`/Users/${id}`)).headers['etag']).toBe('W/"1"')
  })

  it('I1: the same people live in both without meeting', async () => {
    const tenants = [await door.tenant(), await door.tenant()]
    await Promise.all(
      tenants.flatMap((tenant, index) =>
        Array.from({ length: 15 }, (_, each) =>
          tenant.make(
            person({
              userName: `p${String(each)}@ex.org`,
              externalId: String(each),
              title: `of ${String(index)}`,
            }),
          ),
        ),
      ),
    )
    for (const [index, tenant] of tenants.entries()) {
      const { body, text } = await tenant.get('/Users?count=100')
      expect(body).toMatchObject({ schemas: [LIST], totalResults: 17 })
      expect(text).not.toContain(`of ${String(1 - index)}`)
      expect(await tenant.find('externalId eq "3"')).toEqual(['p3@ex.org'])
    }
  })
})

describe('tokens', () => {
  it('T3: a revoked token is refused at once, in the same words as a missing one', async () => {
    const tenant = await door.tenant()
    await revokeScimToken(tenant.org.owner.ctx, { tokenId: tenant.org.scimToken.id })
    const answer = await tenant.get('/Users')
    expectError(answer, 401)
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="SCIM", resource_metadata="/)
    expect(answer.body['detail']).toBe(
      (await tenant.get('/Users', { authorization: undefined })).body['detail'],
    )
  })

  it('trust T13: with "ends at first use" the old token ends with the first call of the new one', async () => {
    const tenant = await door.tenant()
    const { ctx } = tenant.org.owner
    const next = await rotateScimToken(ctx, {
      tokenId: tenant.org.scimToken.id,
      name: 'Next',
      oldEnds: 'first-use',
    })
    expect((await tenant.get('/Users')).status).toBe(200)
    expect((await tenant.get('/Users', { authorization: `Bearer ${next.secret}` })).status).toBe(200)
    expectError(await tenant.get('/Users'), 401)
  })

  it('T5: while SCIM is off a good token is 403 and says where to switch it on', async () => {
    const tenant = await door.tenant()
    await enforceProvisioning(tenant.org.owner.ctx, { enforced: false })
    const refused = await tenant.get('/Users')
    expectError(refused, 403)
    expect(refused.body['detail']).toContain('Enforce SCIM')
    await enforceProvisioning(tenant.org.owner.ctx, { enforced: true })
    expect((await tenant.get('/Users')).status).toBe(200)
  })

  it('trust T21: a plan without SCIM is 403 at once, the token lives on', async () => {
    const tenant = await door.tenant()
    const operator = door.world.contextFor(tenant.org.orgId, operatorActor)
    await updateOrganization(operator, { plan: 'teams' })
    expectError(await tenant.get('/Users'), 403)
    await updateOrganization(operator, { plan: 'enterprise' })
    expect((await tenant.get('/Users')).status).toBe(200)
  })

  it('a refused stranger stands in the organization’s log, with the name of the token that was known', async () => {
    const tenant = await door.tenant()
    await revokeScimToken(tenant.org.owner.ctx, { tokenId: tenant.org.scimToken.id })
    await tenant.get('/Users')
    await tenant.get('/Users', { authorization: 'Bearer nonsense' })
    const [known, unknown] = await exchangesOf(door.world, tenant, 2)
    expect(known).toMatchObject({ status: 401, tokenId: tenant.org.scimToken.id })
    expect(unknown).toMatchObject({ status: 401, tokenId: null })
  })
})

describe('settings', () => {
  it('Q2, H5: PATCH answers 204 when the organization wants it, unless attributes are asked for', async () => {
    const tenant = await door.tenant({ patchAnswersNoContent: true })
    const id = await tenant.make()
    const silent = await tenant.patch(`/Users/${id}`, title('x'))
    expect(silent.status).toBe(204)
    expect(silent.text).toBe('')
    expect(silent.headers['etag']).toBe('W/"2"')
    expect((await tenant.patch(`/Users/${id}?attributes=title`, title('y'))).body['title']).toBe('y')
  })

  it('Q2: a client may ask for 204 itself', async () => {
    const tenant = await door.tenant()
    const id = await tenant.make()
    const answer = await tenant.patch(`/Users/${id}`, title('x'), { prefer: 'return=minimal' })
    expect(answer.status).toBe(204)
    expect(answer.headers['preference-applied']).toBe('return=minimal')
  })

  it('Q10: userName must be an e-mail when the organization wants it', async () => {
    const tenant = await door.tenant({ userNameMustBeEmail: true })
    const refused = await tenant.post('/Users', person({ userName: 'ada' }))
    expectError(refused, 400, 'invalidValue')
    expect(refused.body['detail']).toContain('e-mail')
    const id = await tenant.make(person({ userName: 'ada@ex.org' }))
    const rename = [{ op: 'replace', path: 'userName', value: 'ada' }]
    expectError(await tenant.patch(`/Users/${id}`, rename), 400, 'invalidValue')
    expect((await tenant.patch(`/Users/${id}`, title('x'))).status).toBe(200)
  })

  it.each([
    ['I4: an unknown attribute', person({ favouriteColour: 'red' }), 'invalidSyntax'],
    ['Q22: an undeclared extension', person({ [CAL]: { group: 'Sales' } }), 'invalidSyntax'],
    ['Q8: a password', person({ password: 'x' }), 'invalidSyntax'],
    ['EN11: a boolean as text', person({ active: 'True' }), 'invalidValue'],
    ['ON4: emails as an object', person({ emails: { value: 'a@ex.org' } }), 'invalidValue'],
    ['EN12: manager as text', { ...person(), schemas: [USER, ENT], [ENT]: { manager: 'x' } }, 'invalidValue'],
  ])('strict mode refuses %s, tolerant mode does not', async (_case, body, scimType) => {
    expectError(await (await door.tenant({ strict: true })).post('/Users', body), 400, scimType)
    expect((await (await door.tenant()).post('/Users', body)).status).toBe(201)
  })

  it.each([
    ['a capital letter', [{ op: 'Replace', path: 'title', value: 'x' }]],
    ['I8: no path', [{ op: 'replace', value: { title: 'x' } }]],
    [
      'Q14: no matching element',
      [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'a@ex.org' }],
    ],
    ['H13: an unknown path', [{ op: 'add', path: 'favouriteColour', value: 'red' }]],
  ])('strict mode refuses a PATCH with %s, tolerant mode does not', async (_case, operations) => {
    const [strict, tolerant] = [await door.tenant({ strict: true }), await door.tenant()]
    expect((await strict.patch(`/Users/${await strict.make()}`, operations)).status).toBe(400)
    expect((await tolerant.patch(`/Users/${await tolerant.make()}`, operations)).status).toBe(200)
  })

  it('F23: strict mode wants quotes around texts in filters', async () => {
    const tenant = await door.tenant({ strict: true })
    expectError(await tenant.get('/Users?filter=userName%20eq%20ada'), 400, 'invalidFilter')
    expect(await tenant.find('userName eq "ada"')).toEqual([])
  })
})
