// Everything that opens over a page; none of it is part of a page's first load.
import { whenOpened } from './load-later.ts'
import { whenPressed } from './when-pressed.ts'

export const UModal = whenOpened(() => import('@nuxt/ui/components/Modal.vue'))
export const USlideover = whenOpened(() => import('@nuxt/ui/components/Slideover.vue'))
export const UDropdownMenu = whenPressed(() => import('@nuxt/ui/components/DropdownMenu.vue'))
export const UPopover = whenPressed(() => import('@nuxt/ui/components/Popover.vue'), 'dialog')
