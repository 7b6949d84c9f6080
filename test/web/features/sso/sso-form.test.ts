// The rules behind the forms of single sign-on.
import { expect, test } from 'vitest'
import { deletionEffects, disablingEffects } from '#web/features/sso/end-effects.ts'
import { pemOf } from '#web/features/sso/pem.ts'
import { checkForm, countChanges, followSaved, formOf, inputOf } from '#web/features/sso/sso-form.ts'
import { certificate, nothingSaved, saved } from './sso-sample.ts'

const filled = () => ({
  ...formOf(nothingSaved),
  entityId: 'https://idp.example/entity',
  signInUrl: 'https://idp.example/sso',
  pasted: 'MIID',
})

test.each([
  ['nothing at all', {}, ['certificates', 'entityId', 'signInUrl']],
  ['a URL without a scheme', { ...filled(), signInUrl: 'idp.example/sso' }, ['signInUrl']],
  ['no session', { ...filled(), sessionHours: 0 }, ['sessionHours']],
  ['a session of half an hour', { ...filled(), sessionHours: 0.5 }, ['sessionHours']],
  ['everything', filled(), []],
])('a form with %s has these faults', (_what, changed, fields) => {
  expect(Object.keys(checkForm({ ...formOf(nothingSaved), ...changed })).sort()).toEqual(fields)
})

test('what is sent is all of it, certificates as text, an empty attribute as none', () => {
  expect(inputOf({ ...filled(), certificates: [certificate], matchAttribute: ' ' })).toEqual({
    entityId: 'https://idp.example/entity',
    signInUrl: 'https://idp.example/sso',
    certificates: [certificate.body, 'MIID'],
    sessionHours: 12,
    signed: 'ASSERTION',
    nameIdFormat: 'EMAIL',
    matchAttribute: null,
    allowIdpInitiated: false,
    signRequests: true,
    allowCbc: false,
  })
})

test('what someone else saved comes in, what is being typed here stays', () => {
  const before = formOf(saved)
  const form = { ...before, entityId: 'typed here' }
  const now = { ...before, sessionHours: 4, entityId: 'saved there', certificates: [] }
  followSaved(form, before, now)
  expect(form).toMatchObject({ entityId: 'typed here', sessionHours: 4, certificates: [] })
  expect(countChanges(now, form)).toBe(1)
  expect(countChanges(before, before)).toBe(0)
})

test('what goes with single sign-on depends on whether provisioning needs it', () => {
  const scim = (facts: { required: boolean; provisioning: boolean }) => disablingEffects(facts).at(-1)
  expect(scim({ required: true, provisioning: true })).toBe('sso.end.disable.scimSuspended')
  expect(scim({ required: true, provisioning: false })).toBe('sso.end.disable.scimLocked')
  expect(scim({ required: false, provisioning: true })).toBe('sso.end.disable.scimGoesOn')
  expect(deletionEffects({ required: true, provisioning: false })).toContain('sso.end.delete.scimDeleted')
  expect(deletionEffects({ required: false, provisioning: true })).not.toContain('sso.end.delete.scimDeleted')
})

test('a certificate file is taken as text or as bytes', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n'
  expect(pemOf(new TextEncoder().encode(pem))).toBe(pem)
  expect(pemOf(new Uint8Array([0x30, 0x82, 0x01, 0x0a]))).toBe('MIIBCg==')
})
