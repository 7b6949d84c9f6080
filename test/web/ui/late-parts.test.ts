// Parts that come when they are wanted: what stands there before, and that they open as if they had been there.
import USelect from '@nuxt/ui/components/Select.vue'
import UFormField from '@nuxt/ui/components/FormField.vue'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { defineComponent, h, ref, type Component } from 'vue'
import ChoiceField from '#web/ui/ChoiceField.vue'
import HoverTip from '#web/ui/HoverTip.vue'
import { loadLater, whenOpened } from '#web/ui/load-later.ts'
import { UDropdownMenu } from '#web/ui/overlays.ts'
import { iconsIn } from '#web/vite-icons.ts'
import { show } from '#test/web/show.ts'

const items = [{ label: 'Sign out' }]
const button = () => h('button', 'Menu')

test.each([
  ['a press', (menu: HTMLElement) => fireEvent.click(menu)],
  ['the arrow down', (menu: HTMLElement) => fireEvent.keyDown(menu, { key: 'ArrowDown' })],
  ['Enter', (menu: HTMLElement) => fireEvent.keyDown(menu, { key: 'Enter' })],
])('a menu is its button alone until %s opens it', async (_how, press) => {
  await show((() => h(UDropdownMenu as Component, { items }, button)) as Component)
  const menu = screen.getByRole('button', { name: 'Menu' })
  expect(menu.getAttribute('aria-haspopup')).toBe('menu')
  expect(menu.getAttribute('aria-expanded')).toBe('false')
  await press(menu)
  expect(await screen.findByRole('menuitem', { name: 'Sign out' })).toBeTruthy()
})

test('a menu that its parent opens comes as well', async () => {
  const open = ref(false)
  await show((() => h(UDropdownMenu as Component, { items, open: open.value }, button)) as Component)
  expect(screen.queryByRole('menuitem')).toBeNull()
  open.value = true
  expect(await screen.findByRole('menuitem', { name: 'Sign out' })).toBeTruthy()
})

test('a dialog is not loaded before it is opened, and stays for its way out', async () => {
  let loads = 0
  const open = ref(false)
  const Dialog = whenOpened(() => {
    loads += 1
    return Promise.resolve({
      default: defineComponent({
        props: { open: Boolean },
        setup: props => () => h('p', `open: ${String(props.open)}`),
      }),
    })
  })
  await show((() => h(Dialog as Component, { open: open.value })) as Component)
  expect(loads).toBe(0)
  open.value = true
  expect(await screen.findByText('open: true')).toBeTruthy()
  open.value = false
  expect(await screen.findByText('open: false')).toBeTruthy()
  expect(loads).toBe(1)
})

test('a part that came once is there at once the next time, and is put up only once', async () => {
  let made = 0
  const Late = loadLater(() =>
    Promise.resolve({
      default: defineComponent(() => {
        made += 1
        return () => h('p', 'here')
      }),
    }),
  )
  const first = await show(Late as Component)
  expect(await screen.findByText('here')).toBeTruthy()
  expect(made).toBe(1)
  first.unmount()
  await show(Late as Component)
  expect(screen.getByText('here')).toBeTruthy()
})

const choices = [
  { label: 'In 90 days', value: 'QUARTER' },
  { label: 'Never', value: 'NEVER' },
]
const field = (Part: Component) =>
  (() =>
    h(UFormField, { label: 'Expires', hint: 'A hint' }, () =>
      h(Part, { class: 'w-52', modelValue: 'NEVER', items: choices }),
    )) as Component

test('a list of choices looks and speaks as the library draws it, before it is there', async () => {
  const sides = []
  for (const Part of [ChoiceField, USelect] as Component[]) {
    const view = await show(field(Part))
    const box = screen.getByRole('combobox', { name: /Expires/ })
    const parts = [box, ...box.querySelectorAll('[data-slot]')]
    sides.push({
      text: box.textContent,
      classes: parts.map(part =>
        [...part.classList].filter(name => !/^(group|disabled:.*)$/.test(name)).sort(),
      ),
      described: box.getAttribute('aria-describedby')?.replace(/^.*-/, ''),
    })
    view.unmount()
  }
  expect(sides[0]).toEqual(sides[1])
})

test('a list of choices opens by a press', async () => {
  await show(field(ChoiceField as Component))
  await fireEvent.click(screen.getByRole('combobox'))
  expect(await screen.findByRole('option', { name: 'In 90 days' })).toBeTruthy()
})

test('a tip describes what has the focus, and Escape puts it away', async () => {
  await show((() => h(HoverTip, { text: 'Sunday, 3 May' }, () => [h('button', '2 days ago')])) as Component)
  const target = screen.getByRole('button')
  await fireEvent.focus(target)
  const tip = await screen.findByRole('tooltip')
  expect(tip.textContent.trim()).toBe('Sunday, 3 May')
  expect(target.getAttribute('aria-describedby')).toBe(tip.id)
  await fireEvent.keyDown(target, { key: 'Escape' })
  await waitFor(() => {
    expect(screen.queryByRole('tooltip')).toBeNull()
  })
  expect(target.hasAttribute('aria-describedby')).toBe(false)
})

test('a module brings the icons it names, also by the words of the library', () => {
  const code = `icon="i-lucide-users" :close="appConfig.ui.icons.close" 'i-lucide-users'`
  expect(iconsIn(code, { close: 'i-lucide-x' })).toEqual(['users', 'x'])
  expect(() => iconsIn('appConfig.ui.icons.eye', {})).toThrow('"eye"')
})
