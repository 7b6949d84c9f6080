// Whom a managed event is assigned to in person: however many, found by search, taken out one by one.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import AssignedPeople from '#web/features/managed-events/AssignedPeople.vue'
import { giveLayout } from '#test/web/layout.ts'
import { show } from '#test/web/show.ts'

const total = 250

test('C7: beyond the first hundred people are read as they come into view', async () => {
  giveLayout()
  const asked: Record<string, unknown>[] = []
  const removed: unknown[] = []
  const opened: unknown[] = []
  await show(AssignedPeople, {
    props: {
      eventId: 'E',
      count: total,
      removable: true,
      onRemove: (person: unknown) => removed.push(person),
      onOpen: (id: unknown) => opened.push(id),
    },
    answer: ({ variables }) => {
      asked.push(variables)
      const { first, skip, search } = variables as { first: number; skip: number; search: string | null }
      const count = search === null ? total : 1
      const nodes = Array.from({ length: Math.min(first, count - skip) }, (_none, index) => {
        const name = `Person ${String(skip + index + 1)}`
        return { __typename: 'PersonName', id: name, displayName: name, userName: `${name}@example.com` }
      })
      return { node: { __typename: 'ManagedEvent', id: 'E', assignedPeople: { totalCount: count, nodes } } }
    },
  })
  const grid = await screen.findByRole('grid', { name: 'People, 250 rows' })
  await screen.findByText('Person 1')
  await fireEvent.click(screen.getByRole('button', { name: 'Take it from Person 2' }))
  expect(removed).toEqual([{ id: 'Person 2', name: 'Person 2' }])
  await fireEvent.click(screen.getByText('Person 3'))
  expect(opened).toEqual(['Person 3'])

  const scroller = grid.parentElement as HTMLElement
  scroller.scrollTop = 240 * 52
  await fireEvent.scroll(scroller)
  await screen.findByText('Person 245')
  expect(asked.map(({ skip }) => skip)).toContain(200)

  await fireEvent.update(screen.getByRole('searchbox', { name: 'Search people' }), 'one')
  await waitFor(() => {
    expect(asked.at(-1)).toMatchObject({ id: 'E', search: 'one', skip: 0 })
  })
  await screen.findByRole('grid', { name: 'People, 1 rows' })
})
