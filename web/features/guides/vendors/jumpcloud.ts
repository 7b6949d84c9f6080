// The set-up guide for JumpCloud.
import { workEmail, type Guide } from '../guide.ts'

export const jumpcloud: Guide = {
  name: 'jumpcloud',
  caution: true,
  steps: [
    { key: 'app' },
    { key: 'connect', copy: ['baseUrl'] },
    { key: 'token' },
    { key: 'groups' },
    { key: 'activate' },
    { key: 'assign' },
  ],
  attributes: [
    ['Username', 'userName'],
    ['Company Email', workEmail],
    ['First Name', 'name.givenName'],
    ['Last Name', 'name.familyName'],
    ['Status', 'active'],
  ],
  ends: [
    ['unassign', 'deactivated'],
    ['suspend', 'deactivated'],
    ['delete', 'deactivated'],
    ['assign', 'restored'],
  ],
}
