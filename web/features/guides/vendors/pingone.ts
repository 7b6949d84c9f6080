// The set-up guide for PingOne.
import { enterprise, groupPath, workEmail, type Guide } from '../guide.ts'

export const pingone: Guide = {
  name: 'pingone',
  steps: [
    { key: 'connection' },
    { key: 'connect', copy: ['baseUrl', 'usersPath', 'groupsPath'] },
    { key: 'token' },
    { key: 'match', copy: ['pingFilter'] },
    { key: 'group', copy: ['urn', 'groupPath'] },
    { key: 'rule' },
  ],
  attributes: [
    ['Username', 'userName'],
    ['Enabled', 'active'],
    ['User ID', 'externalId'],
    ['Given Name', 'name.givenName'],
    ['Family Name', 'name.familyName'],
    ['Email Address', workEmail],
    ['Title', 'title'],
    ['Department', `${enterprise}:department`],
    ['Department', groupPath],
  ],
  ends: [
    ['disabled', 'deactivated'],
    ['disable', 'deactivated'],
    ['remove', 'deleted'],
    ['off', 'nothing'],
  ],
}
