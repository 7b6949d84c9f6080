// The set-up guide for Okta.
import { enterprise, groupPath, workEmail, type Guide } from '../guide.ts'

export const okta: Guide = {
  name: 'okta',
  steps: [
    { key: 'app' },
    { key: 'connect', copy: ['baseUrl'] },
    { key: 'token' },
    { key: 'actions' },
    { key: 'group', copy: ['externalName', 'urn'] },
    { key: 'assign' },
  ],
  attributes: [
    ['login', 'userName'],
    ['firstName', 'name.givenName'],
    ['lastName', 'name.familyName'],
    ['displayName', 'displayName'],
    ['email', workEmail],
    ['title', 'title'],
    ['department', `${enterprise}:department`],
    ['department', groupPath],
  ],
  ends: [
    ['unassign', 'deactivated'],
    ['deactivate', 'deactivated'],
    ['suspend', 'nothing'],
    ['delete', 'nothing'],
    ['assign', 'restored'],
  ],
}
