// The set-up guide for OneLogin.
import { enterprise, groupPath, workEmail, type Guide } from '../guide.ts'

export const onelogin: Guide = {
  name: 'onelogin',
  steps: [
    { key: 'app' },
    { key: 'connect', copy: ['baseUrl'] },
    { key: 'template', copy: ['template'] },
    { key: 'token' },
    { key: 'enable' },
    { key: 'assign' },
  ],
  attributes: [
    ['Email', 'userName'],
    ['First name', 'name.givenName'],
    ['Last name', 'name.familyName'],
    ['Email', workEmail],
    ['Title', 'title'],
    ['Department', `${enterprise}:department`],
    ['Department', groupPath],
  ],
  ends: [
    ['suspend', 'deactivated'],
    ['delete', 'deleted'],
    ['nothing', 'nothing'],
    ['pause', 'deactivated'],
  ],
}
