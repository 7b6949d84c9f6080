// The palette: what it finds and for whom, by keyboard, and what it says when nothing comes.
import type { ExecutionResult } from '@urql/core'
import { fireEvent, screen } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { labelPieces, type PaletteEntry } from '#web/features/palette/palette-entry.ts'
import PaletteDialog from '#web/features/palette/PaletteDialog.vue'
import { noteRecent, recentEntries } from '#web/features/palette/recent.ts'
import { sectionsOf } from '#web/features/palette/sections.ts'
import { show } from '#test/web/show.ts'

const entry = (kind: PaletteEntry['kind'], label: string, to?: string): PaletteEntry => ({
  id: `${kind}:${label}`,
  kind,
  label,
  icon: 'i-lucide-search',
  ...(to === undefined ? {} : { to }),
})
const offer = {
  who: 'U1',
  pages: [
    entry('page', 'Overview', '/'),
    entry('page', 'Users', '/users'),
    entry('page', 'Groups', '/groups'),
  ],
  actions: [entry('action', 'Invite users')],
  people: true,
  groups: true,
}
const ada = {
  __typename: 'User',
  id: 'A',
  displayName: 'Ada Byron',
  userName: 'ada@example.com',
  status: 'ACTIVE',
}
const pat = {
  __typename: 'User',
  id: 'P',
  displayName: 'Pat Adams',
  userName: 'pat@example.com',
  status: 'PENDING',
}
const found = (users: object[], groups: object[] = []) => ({
  organization: { __typename: 'Organization', id: 'O', users: { nodes: users }, groups: { nodes: groups } },
})

/** Opens the palette; `asked` are the searches that reached the server, `chosen` what was chosen. */
async function open(
  options: {
    offer?: Partial<typeof offer>
    answer?: (sink: { next: (value: ExecutionResult) => void }) => Record<string, unknown> | undefined
  } = {},
) {
  const asked: unknown[] = []
  const chosen: PaletteEntry[] = []
  const view = await show(PaletteDialog, {
    props: {
      open: true,
      offer: { ...offer, ...options.offer },
      onChoose: (one: PaletteEntry) => chosen.push(one),
    },
    answer: ({ variables }, sink) => {
      asked.push(variables)
      return options.answer?.(sink)
    },
  })
  await vi.advanceTimersByTimeAsync(50)
  const field = screen.getByRole<HTMLInputElement>('combobox')
  const press = (key: string) => fireEvent.keyDown(field, { key })
  const type = async (text: string, wait = 150) => {
    await fireEvent.update(field, text)
    await vi.advanceTimersByTimeAsync(wait)
  }
  const active = () => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent
  return { ...view, asked, chosen, field, press, type, active }
}
const lines = () => screen.queryAllByRole('option').map(line => line.textContent.replace('↵', '').trim())

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('arrows, Home and End move through named results and Enter chooses', async () => {
  const { active, press, chosen } = await open()
  screen.getByRole('listbox', { name: 'Results' })
  expect(active()).toContain('Overview')
  await press('ArrowDown')
  expect(active()).toContain('Users')
  await press('End')
  expect(active()).toContain('Invite users')
  await press('ArrowDown')
  expect(active()).toContain('Overview')
  await press('ArrowUp')
  expect(active()).toContain('Invite users')
  await press('Home')
  await press('Enter')
  expect(chosen.map(({ to }) => to)).toEqual(['/'])
})

test('the server is asked once, 150 ms after the last key, and people lead to their drawer', async () => {
  const { asked, type, press, chosen } = await open({ answer: () => found([ada, pat]) })
  await type('a', 149)
  await type('ad', 149)
  expect(asked).toEqual([])
  await type('ada')
  expect(asked).toEqual([{ search: 'ada', people: true, groups: true }])
  expect(lines()).toEqual(['Ada Byronada@example.com', 'Pat Adamspat@example.com'])
  expect(document.querySelector('mark')?.textContent).toBe('Ada')
  expect(screen.getByRole('status').textContent).toBe('2 results')
  await press('End')
  await press('Enter')
  expect(chosen.map(({ to }) => to)).toEqual(['/users?tab=pending&user=P'])
})

test('where there may be more people, one line leads to all of them', async () => {
  const many = Array.from({ length: 8 }, (_, index) => ({ ...ada, id: String(index) }))
  const { type, press, chosen } = await open({ answer: () => found(many) })
  await type('ada')
  expect(lines()).toHaveLength(9)
  await press('End')
  await press('Enter')
  expect(chosen.map(({ to }) => to)).toEqual(['/users?q=ada'])
})

test('what no longer fits is not offered while the next answer is under way', async () => {
  let answers = 0
  const { type } = await open({ answer: () => ((answers += 1) === 1 ? found([ada, pat]) : undefined) })
  await type('ada')
  expect(lines()).toHaveLength(2)
  await type('ada b')
  expect(lines()).toEqual(['Ada Byronada@example.com'])
})

test.each([
  [{ people: false, groups: true }, [{ search: 'x', people: false, groups: true }]],
  [{ people: false, groups: false }, []],
])('nobody searches what they may not see: %o', async (rights, expected) => {
  const { asked, type } = await open({ offer: rights, answer: () => found([]) })
  await type('x')
  expect(asked).toEqual(expected)
  screen.getByText(/Nothing matches “x”/u)
  expect(screen.getByRole('status').textContent).toBe('No results')
})

test('Escape clears what was typed, then closes', async () => {
  const { field, type, press } = await open()
  await type('inv')
  expect(lines()).toEqual(['Invite users'])
  await press('Escape')
  expect(field.value).toBe('')
  expect(screen.queryByRole('dialog')).not.toBeNull()
  await press('Escape')
  await vi.advanceTimersByTimeAsync(1000)
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('a failing search says so, keeps what still works, and can be tried again', async () => {
  let fails = true
  const { type } = await open({
    answer: sink => {
      if (!fails) return found([ada])
      sink.next({ errors: [new Error('Too busy.')] as never })
      return undefined
    },
  })
  await type('groups')
  expect(screen.getByRole('alert').textContent).toContain('People and groups could not be searched.')
  expect(screen.getByRole('alert').textContent).toContain('Too busy.')
  expect(lines()).toEqual(['Groups'])
  fails = false
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await vi.advanceTimersByTimeAsync(1)
  expect(lines()).toContain('Ada Byronada@example.com')
})

test('recent choices stand first, are kept per person, and vanish with the right to them', async () => {
  noteRecent('U1', { ...entry('person', 'Ada Byron', '/users?user=A'), hint: 'ada@example.com' })
  noteRecent('U1', entry('page', 'Groups', '/groups'))
  expect(recentEntries('U2')).toEqual([])
  const first = await open()
  screen.getByRole('group', { name: 'Recent' })
  expect(lines().slice(0, 2)).toEqual(['Groups', 'Ada Byronada@example.com'])
  expect(lines().filter(line => line === 'Groups')).toHaveLength(1)
  first.unmount()
  await open({ offer: { people: false, pages: [] } })
  expect(lines()).toEqual(['Invite users'])
})

test('recent choices come first among those that fit', () => {
  const own = ['Users', 'User provisioning'].map(label => entry('page', label))
  const recent = own.slice(1)
  const sections = sectionsOf({ text: 'user', own, recent, found: [] })
  expect(sections.map(({ key, entries }) => [key, entries.map(({ label }) => label)])).toEqual([
    ['page', ['User provisioning', 'Users']],
  ])
})

test.each([
  ['Ada Byron', 'by', ['Ada ', '*By', 'ron']],
  ['Zoë Müller', 'zoe mul', ['*Zoë', ' ', '*Mül', 'ler']],
  ['Anna', 'na an', ['*Anna']],
  ['Ada', '', ['Ada']],
])('in %s the typed %s is marked', (label, text, expected) => {
  expect(labelPieces(label, text).map(piece => (piece.found ? `*${piece.text}` : piece.text))).toEqual(
    expected,
  )
})
