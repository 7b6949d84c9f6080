// The set-up guide for Google Workspace, which cannot call a server of one's own: what to do instead.
import type { Guide } from '../guide.ts'

export const google: Guide = {
  name: 'google',
  caution: true,
  ways: true,
  steps: [
    { key: 'between', copy: ['baseUrl'] },
    { key: 'invite' },
    { key: 'script', copy: ['baseUrl', 'probe'] },
  ],
  attributes: [],
  ends: [
    ['suspend', 'nothing'],
    ['delete', 'nothing'],
  ],
}
