// The set-up guide for PingFederate.
import { groupPath, workEmail, type Guide } from '../guide.ts'

export const pingfederate: Guide = {
  name: 'pingfederate',
  steps: [
    { key: 'connector' },
    { key: 'connect', copy: ['baseUrl'] },
    { key: 'token' },
    { key: 'options' },
    { key: 'group', copy: ['urn', 'groupPath'] },
    { key: 'channel' },
  ],
  attributes: [
    ['userName', 'userName'],
    ['externalId', 'externalId'],
    ['givenName', 'name.givenName'],
    ['familyName', 'name.familyName'],
    ['workEmail', workEmail],
    ['title', 'title'],
    ['department', groupPath],
  ],
  ends: [
    ['disable', 'deactivated'],
    ['delete', 'deleted'],
    ['off', 'nothing'],
  ],
}
