// Who may set single sign-on up: owner and admins in person; no key may, for it decides who gets in.
import { admins, bare, everybody, harmless, inOrganization, readers, type Caller } from './operations.ts'

export const operationsOfSso: Record<string, [send: [string, object], allowed: Caller[]]> = {
  'organization.sso': [inOrganization('sso { status recoveryCodesLeft }'), readers],
  signInWays: [['{ signInWays(email: "x") { url } }', {}], everybody],
  configureSso: [harmless('configureSso', { entityId: '', signInUrl: '', certificates: [] }), admins],
  readSsoMetadata: [harmless('readSsoMetadata', {}), admins],
  testSso: [bare('testSso'), admins],
  enforceSso: [harmless('enforceSso', { enforced: false }), admins],
  addSsoCertificate: [harmless('addSsoCertificate', { certificate: '' }), admins],
  removeSsoCertificate: [harmless('removeSsoCertificate', { fingerprint: 'x' }), admins],
  rotateSsoKey: [bare('rotateSsoKey'), admins],
  removeSsoKey: [harmless('removeSsoKey', { fingerprint: 'x' }), admins],
  disableSso: [harmless('disableSso', {}), admins],
  deleteSso: [harmless('deleteSso', { confirmName: 'x' }), admins],
  createRecoveryCodes: [bare('createRecoveryCodes'), ['owner']],
}
