// The set-up guide for any other identity provider.
import { enterprise, groupPath, workEmail, type Guide } from '../guide.ts'

export const other: Guide = {
  name: 'other',
  steps: [
    { key: 'connect', copy: ['baseUrl'] },
    { key: 'token', copy: ['authorization'] },
    { key: 'match' },
    { key: 'group', copy: ['groupPath', 'urn'] },
    { key: 'create', copy: ['example'] },
    { key: 'try', copy: ['probe'] },
    { key: 'assign' },
  ],
  attributes: [
    ['E-mail or login name', 'userName'],
    ['Employee is active', 'active'],
    ['Stable id of the person', 'externalId'],
    ['Name to show', 'displayName'],
    ['First name', 'name.givenName'],
    ['Last name', 'name.familyName'],
    ['Work e-mail', workEmail],
    ['Job title', 'title'],
    ['Department', `${enterprise}:department`],
    ['Team or department', groupPath],
  ],
  ends: [
    ['inactive', 'deactivated'],
    ['active', 'restored'],
    ['delete', 'deleted'],
  ],
}
