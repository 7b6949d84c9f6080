// The history of the mapping: whom a change set has moved and why, whom undoing would move, searched and as a file.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { expect, test } from 'vitest'
import HistoryPanel from '#web/features/mapping/HistoryPanel.vue'
import { giveLayout } from '#test/web/layout.ts'
import { show } from '#test/web/show.ts'

const sales = { id: 'G1', name: 'Sales' }
const changeSet = {
  __typename: 'ChangeSet',
  id: 'C1',
  kind: 'SAVE',
  createdAt: '2026-11-20T08:00:00Z',
  author: 'Dana',
  undone: false,
  wasEnabled: true,
  enabled: true,
  rows: [{ kind: 'ADDED', value: 'Sales', from: null, to: sales }],
  job: { id: 'J', state: 'DONE', result: { people: 2 }, over: true },
}
const person = (name: string, change: object) => ({
  name,
  kind: 'JOIN',
  frozen: false,
  values: ['Sales'],
  reason: 'Department = Sales, row 3',
  from: [],
  to: [sales],
  user: { id: `U-${name}`, userName: `${name}@example.com` },
  ...change,
})
const page = (...nodes: object[]) => ({
  totalCount: nodes.length,
  pageInfo: { hasNextPage: false, endCursor: null },
  nodes,
})

async function open(path = '/mapping?view=history', changes: object = {}) {
  giveLayout()
  const asked: Record<string, unknown>[] = []
  const view = await show(HistoryPanel, {
    path,
    props: { busy: false },
    answer: ({ name, variables }) => {
      if (name === 'ChangeSets') {
        return { organization: { id: 'O', changeSets: [{ ...changeSet, ...changes }] } }
      }
      if (name === 'UndoPlan') {
        const undoPlan = { people: 1, changedSince: 1, restoresMapping: true }
        return { node: { __typename: 'ChangeSet', id: 'C1', undoPlan } }
      }
      asked.push(variables)
      const all = ['Ada', 'Bob'].map(each => person(each, {}))
      const back = person('Ada', { kind: 'LEAVE', from: [sales], to: [], reason: 'goes back' })
      const node = variables['undo'] ? { undoPlan: { affected: page(back) } } : { people: page(...all) }
      return { node: { __typename: 'ChangeSet', id: 'C1', ...node } }
    },
  })
  return { ...view, asked }
}

test('C3: a change set lists its people with from, to and reason, searched and as CSV', async () => {
  const { router, asked } = await open()
  await fireEvent.click(await screen.findByRole('button', { name: 'See the people' }))
  const [ada] = await screen.findAllByRole('row')
  expect(ada?.textContent.replace(/\s+/g, ' ')).toContain('Ada')
  for (const text of ['Joins', 'No group', 'Sales', 'Department = Sales, row 3']) {
    within(ada as HTMLElement).getByText(text)
  }
  screen.getByText('2 people')
  screen.getByText(/Dana saved the mapping/)
  const file = screen.getByRole('link', { name: 'CSV' })
  expect(file.getAttribute('href')).toBe('/exports/change-set.csv?id=C1')
  await fireEvent.update(screen.getByRole('searchbox', { name: 'Search people' }), 'ad&a')
  await waitFor(() => {
    expect(asked.at(-1)).toMatchObject({ id: 'C1', undo: false, search: 'ad&a', first: 100 })
  })
  expect(file.getAttribute('href')).toBe('/exports/change-set.csv?id=C1&search=ad%26a')
  await fireEvent.click((await screen.findAllByRole('row'))[1] as HTMLElement)
  await waitFor(() => {
    expect(router.currentRoute.value.fullPath).toBe('/users?user=U-Bob&panel=groups')
  })
})

test('C3: the question before undoing leads to everybody whom it would move', async () => {
  const { router, asked } = await open()
  await fireEvent.click(await screen.findByRole('button', { name: 'Undo this change set' }))
  await fireEvent.click(await screen.findByRole('button', { name: 'See everyone and what happens to them' }))
  await screen.findByText('goes back')
  expect(asked.at(-1)).toMatchObject({ id: 'C1', undo: true })
  expect(router.currentRoute.value.query).toMatchObject({ set: 'C1', of: 'undo' })
  expect(screen.queryByRole('link', { name: 'CSV' })).toBeNull()
  await fireEvent.click(screen.getByRole('button', { name: 'Undo this change set' }))
  await screen.findByRole('dialog', { name: 'Undo this change set?' })
})

test('what was undone has no second undoing, and what moved nobody no people', async () => {
  await open('/mapping?view=history&set=C1&of=undo', { undone: true })
  await screen.findByText('2 people')
  expect(screen.queryByRole('tab')).toBeNull()
  expect(screen.queryByRole('button', { name: 'Undo this change set' })).toBeNull()
  await fireEvent.click(screen.getByRole('button', { name: 'History' }))
  await screen.findByText('Undone')
})
