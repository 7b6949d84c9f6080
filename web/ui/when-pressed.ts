// Menus are no part of the first load: until its button is pressed there is only the button.
import { cloneVNode, Comment, defineComponent, h, shallowRef, type Component, type VNode } from 'vue'
import { whenIdle } from '#web/lib/when-idle.ts'
import type { Load } from './load-later.ts'

const openKeys = new Set(['Enter', ' ', 'ArrowDown'])

/** The button of a menu that is not there yet. */
function buttonOf(nodes: VNode[], popup: string, open: () => void) {
  const button = nodes.find(node => node.type !== Comment)
  if (!button) return null
  return cloneVNode(button, {
    'aria-haspopup': popup,
    'aria-expanded': false,
    onClick: open,
    onKeydown: (event: KeyboardEvent) => {
      if (!openKeys.has(event.key)) return
      event.preventDefault()
      open()
    },
  })
}

/**
 * Stands for a menu (or what `popup` says) with its button in the default slot: until the button is pressed, the
 * button alone; from then on the menu itself with its own button, open at first.
 */
export function whenPressed<T extends Component>(load: Load<T>, popup: 'menu' | 'dialog' = 'menu'): T {
  whenIdle(load)
  const gate = defineComponent({
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      const Menu = shallowRef<Component>()
      let coming = false
      async function open() {
        if (coming) return
        coming = true
        const { default: found } = await load().finally(() => (coming = false))
        Menu.value = found
        const told = attrs['onUpdate:open'] as ((open: boolean) => void) | undefined
        told?.(true)
      }
      const begin = () => void open()
      return () => {
        if (Menu.value) return h(Menu.value, { defaultOpen: true, ...attrs }, slots)
        // The parent may open it too, by a shortcut for instance.
        if (attrs['open'] === true) begin()
        return buttonOf(slots['default']?.({ open: false }) ?? [], popup, begin)
      }
    },
  })
  return gate as unknown as T
}
