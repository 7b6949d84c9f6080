// The help behind "?": every page has its own in every language, its links lead somewhere, and it reads well.
import { readdirSync, readFileSync } from 'node:fs'
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import HelpPanel from '#web/features/help/HelpPanel.vue'
import { helpModule } from '#web/help-plugin.ts'
import { speak } from '#web/i18n.ts'
import { helpOf, helpPages } from '#web/lib/help-pages.ts'
import { languages } from '#web/lib/languages.ts'
import { navigation } from '#web/pages/navigation.ts'
import { provideHelp } from '#web/ui/help.ts'
import PageHeader from '#web/ui/PageHeader.vue'
import { show } from '#test/web/show.ts'

const folder = 'docs/console'
const everything = new Proxy({} as Parameters<typeof navigation>[0], { get: () => true })
const pages = navigation(everything, key => key).flatMap(({ items }) => items.map(({ to }) => to))
const files = readdirSync(folder).flatMap(into =>
  readdirSync(`${folder}/${into}`).map(name => [into, name] as const),
)

test('every language of the console has a folder', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(languages).sort())
})

test.each(readdirSync(folder))(
  'every page of the navigation has its help in %s, and nothing else does',
  into => {
    const names = [...pages, '/profile'].map(to => `${String(helpOf(to))}.md`)
    expect(readdirSync(`${folder}/${into}`).sort()).toEqual([...new Set(names)].sort())
    expect(Object.keys(helpPages)).toHaveLength(names.length - (pages.includes('/profile') ? 1 : 0))
  },
)

test('one thing of a list has the help of the list', () => {
  expect([helpOf('/groups/R3'), helpOf('/managed-events/new'), helpOf('/nowhere')]).toEqual([
    'groups',
    'managed-events',
    undefined,
  ])
})

test.each(files)('%s/%s has a title, two parts, and links to files beside it', (into, name) => {
  const text = readFileSync(`${folder}/${into}/${name}`, 'utf8')
  expect(text).toMatch(/^# \S/u)
  expect(text.match(/^## /gmu)).toHaveLength(2)
  const links = [...text.matchAll(/\]\(([^)]+)\)/gu)].map(([, to = '']) => to)
  expect(links.filter(to => !readdirSync(`${folder}/${into}`).includes(to))).toEqual([])
  expect(links).not.toContain(name)
  expect(helpModule(text, name)).toContain('export default { render }')
})

test('help that holds HTML or leads elsewhere breaks the build', () => {
  expect(() => helpModule('<b>x</b>', 'x.md')).toThrow('no HTML')
  expect(() => helpModule('[x](https://example.com)', 'x.md')).toThrow('not the help of a page')
})

const Frame = defineComponent(() => {
  const help = provideHelp()
  return () => [
    h(PageHeader, { title: 'Users' }),
    help.value && h(HelpPanel, { name: 'users', onClose: () => (help.value = false) }),
  ]
})

test('"?" opens the help beside the page, which takes the focus and gives it back', async () => {
  await show(Frame)
  const button = screen.getByRole('button', { name: 'Help for this page' })
  expect(button.getAttribute('aria-expanded')).toBe('false')
  await fireEvent.click(button)
  const panel = screen.getByRole('complementary', { name: 'Help for this page' })
  expect(document.activeElement).toBe(panel)
  await screen.findByRole('heading', { level: 2, name: 'Users' })
  expect(screen.getByRole('link', { name: 'Provisioning log' }).getAttribute('href')).toBe('/log')
  await fireEvent.keyDown(panel, { key: 'Escape' })
  await waitFor(() => {
    expect(document.activeElement).toBe(button)
  })
  expect(screen.queryByRole('complementary')).toBeNull()
})

test('help speaks the language of the console and follows a change of it', async () => {
  await show(HelpPanel, { props: { name: 'billing' } })
  await screen.findByRole('heading', { name: 'Billing & seats' })
  await speak('de')
  await screen.findByRole('heading', { name: 'Tarif & Plätze' })
  await speak('en')
})
