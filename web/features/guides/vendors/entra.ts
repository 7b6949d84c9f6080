// The set-up guide for Entra ID.
import { enterprise, groupPath, workEmail, type Guide } from '../guide.ts'

export const entra: Guide = {
  name: 'entra',
  steps: [
    { key: 'app' },
    { key: 'connect', copy: ['baseUrl'] },
    { key: 'token' },
    { key: 'mapping' },
    { key: 'group', copy: ['groupPath', 'attributeEditor'] },
    { key: 'assign' },
  ],
  attributes: [
    ['userPrincipalName', 'userName'],
    ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active'],
    ['objectId', 'externalId'],
    ['displayName', 'displayName'],
    ['givenName', 'name.givenName'],
    ['surname', 'name.familyName'],
    ['mail', workEmail],
    ['jobTitle', 'title'],
    ['department', `${enterprise}:department`],
    ['department', groupPath],
  ],
  ends: [
    ['unassign', 'deactivated'],
    ['block', 'deactivated'],
    ['delete', 'deactivated'],
    ['purge', 'deleted'],
    ['left', 'nothing'],
    ['assign', 'restored'],
  ],
}
