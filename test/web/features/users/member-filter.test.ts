// People by a group of the organization: found by name, told by name, taken away again.
import { fireEvent, screen } from '@testing-library/vue'
import { expect, test } from 'vitest'
import UserFilterBar from '#web/features/users/UserFilterBar.vue'
import { filtersIn } from '#web/features/users/user-filters.ts'
import { show } from '#test/web/show.ts'

const group = { __typename: 'Group', id: 'R1', name: 'Sales East' }
const answer = ({ name }: { name: string }) =>
  name === 'FilteredGroup' ? { node: group } : { organization: { id: 'O', groups: { nodes: [group] } } }
const asked: unknown[] = []
const shown = (query: Record<string, string>, groups = true) =>
  show(UserFilterBar, {
    props: { filters: filtersIn(query), groups, onChange: (values: unknown) => asked.push(values) },
    answer,
  })

test('a group is chosen from what the search finds', async () => {
  await shown({})
  await fireEvent.click(screen.getByRole('button', { name: 'Group' }))
  await fireEvent.click(await screen.findByRole('button', { name: 'Sales East' }))
  expect(asked.splice(0)).toEqual([{ member: 'R1' }])
})

test('the chip says the name of the group that stands in the address, and goes', async () => {
  await shown({ member: 'R1' })
  await screen.findByText('Sales East')
  await fireEvent.click(screen.getByRole('button', { name: /Sales East/ }))
  expect(asked.splice(0)).toEqual([{ member: '' }])
})

test('a plan without groups offers none', async () => {
  await shown({}, false)
  expect(screen.queryByRole('button', { name: 'Group' })).toBeNull()
})
