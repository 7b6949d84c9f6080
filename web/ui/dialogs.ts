// The dialogs that many pages ask with; they come when one is first opened.
import { whenOpened } from './load-later.ts'

export const ConfirmDialog = whenOpened(() => import('./ConfirmDialog.vue'))
export const SecretOnce = whenOpened(
  () => import('./SecretOnce.vue'),
  given => given['modelValue'] !== null,
)
