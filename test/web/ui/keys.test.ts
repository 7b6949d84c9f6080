// Shortcuts: single keys, keys in turn, and keys with Ctrl or Cmd; when they keep quiet.
import { fireEvent, screen } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, ref, withModifiers } from 'vue'
import { switchKeys } from '#web/lib/keys-off.ts'
import { keysOf, navigation, pageKeys } from '#web/pages/navigation.ts'
import DirtyBar from '#web/ui/DirtyBar.vue'
import FilterMenu from '#web/ui/FilterMenu.vue'
import { sendErrand, useErrand } from '#web/ui/errand.ts'
import KeySheet from '#web/ui/KeySheet.vue'
import { useChord, useSequence, useShortcuts } from '#web/ui/use-shortcuts.ts'
import { show } from '#test/web/show.ts'

let done: string[] = []
const note = (what: string) => () => {
  done.push(what)
}
const Page = defineComponent(() => {
  useShortcuts({ u: note('u'), '[': note('['), Escape: note('Escape') })
  useSequence('g', () => ({ u: note('g u') }))
  useChord('k', () => done.push('mod k') > 0)
  return () => [h('input', { 'aria-label': 'Field' }), h('button', 'Press')]
})
const press = (key: string, more: KeyboardEventInit = {}, on: Element = document.body) =>
  fireEvent.keyDown(on, { key, ...more })

beforeEach(() => {
  done = []
})
afterEach(() => {
  vi.useRealTimers()
})

test('G, then U is one shortcut for which U alone keeps quiet, for about a second', async () => {
  await show(Page)
  vi.useFakeTimers()
  await press('g')
  await press('u')
  expect(done).toEqual(['g u'])
  await press('u')
  expect(done).toEqual(['g u', 'u'])
  await press('g')
  vi.advanceTimersByTime(1500)
  await press('u')
  expect(done).toEqual(['g u', 'u', 'u'])
  await press('g')
  await press('x')
  await press('u')
  expect(done.at(-1)).toBe('u')
})

test('nothing happens while somebody types, or with Ctrl, or when switched off; Escape and Ctrl K stay', async () => {
  await show(Page)
  const field = screen.getByLabelText('Field')
  await press('u', {}, field)
  await press('g', {}, field)
  await press('u', { ctrlKey: true })
  await press('u', { altKey: true })
  expect(done).toEqual([])
  switchKeys(false)
  for (const key of ['u', 'g', 'u', '[']) await press(key)
  await press('Escape')
  await press('k', { ctrlKey: true }, field)
  await press('K', { metaKey: true })
  await press('k', { ctrlKey: true, shiftKey: true })
  expect(done).toEqual(['Escape', 'mod k', 'mod k'])
})

test('a sign that a layout types with Alt is that sign', async () => {
  await show(Page)
  await press('[', { altKey: true })
  await press('[', { ctrlKey: true, altKey: true, modifierAltGraph: true })
  expect(done).toEqual(['[', '['])
})

test('keys wait while a dialog is open', async () => {
  await show(Page)
  const dialog = document.createElement('div')
  dialog.setAttribute('role', 'dialog')
  dialog.dataset['state'] = 'open'
  document.body.append(dialog)
  await press('u')
  await press('k', { ctrlKey: true })
  dialog.remove()
  expect(done).toEqual([])
})

test('Ctrl S saves the form that has the focus, else the first unsaved one', async () => {
  const bar = { text: 'Unsaved', save: 'Save', discard: 'Discard', running: false }
  const form = (name: string) =>
    h('form', { onSubmit: withModifiers(note(name), ['prevent']) }, [
      h('input', { 'aria-label': name }),
      h(DirtyBar, bar),
    ])
  await show(defineComponent(() => () => [form('first'), form('second')]))
  await press('s', { ctrlKey: true })
  screen.getByLabelText('second').focus()
  await press('s', { metaKey: true }, screen.getByLabelText('second'))
  expect(done).toEqual(['first', 'second'])
})

test('F opens the first filter of the page', async () => {
  const menu = (label: string) =>
    h(FilterMenu, { label, options: [{ key: 'a', label: `${label} a` }], modelValue: [] })
  await show(defineComponent(() => () => [menu('Role'), menu('Sync')]))
  await press('f')
  await screen.findByRole('menuitemcheckbox', { name: 'Role a' })
  expect(screen.queryByText('Sync a')).toBeNull()
})

test('an errand waits until the page is ready, and is done once', async () => {
  const ready = ref(false)
  const Taker = defineComponent(() => {
    useErrand('new', note('new'), () => ready.value)
    return () => null
  })
  sendErrand('new')
  await show(Taker)
  expect(done).toEqual([])
  ready.value = true
  await nextTick()
  ready.value = false
  await nextTick()
  ready.value = true
  await nextTick()
  expect(done).toEqual(['new'])
})

const everything = new Proxy({} as Parameters<typeof navigation>[0], { get: () => true })

test('every page of the navigation has a key of its own, and only pages that may be seen', () => {
  const pages = navigation(everything, key => key).flatMap(({ items }) => items.map(({ to }) => to))
  expect(new Set(Object.values(pageKeys)).size).toBe(Object.keys(pageKeys).length)
  expect(pages.filter(to => !Object.values(pageKeys).includes(to))).toEqual([])
  expect(keysOf([{ items: [{ label: 'Groups', to: '/groups', icon: '' }] }])).toEqual([
    ['r', '/groups'],
    ['y', '/profile'],
  ])
})

test('the sheet lists the keys by page and switches single ones off', async () => {
  await show(KeySheet, { props: { open: true, pages: [{ key: 'u', label: 'Users' }] } })
  await screen.findByRole('heading', { name: 'Go to a page' })
  expect(screen.getByText('Users').parentElement?.textContent).toContain('GthenU')
  await fireEvent.click(screen.getByRole('switch', { name: 'Single-key shortcuts on this device' }))
  expect(localStorage.getItem('rollcall-keys')).toBe('off')
})
