// Choosing people in the list: boxes, keys, ranges, everybody, and what ends a choice.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import UsersPanel from '#web/features/users/UsersPanel.vue'
import { giveLayout } from '#test/web/layout.ts'
import { show } from '#test/web/show.ts'

const person = (n: number) => ({
  __typename: 'User', id: `U${String(n)}`, displayName: `Person ${String(n)}`,
  userName: `person${String(n)}@example.com`, email: null, status: 'ACTIVE', role: 'USER', linked: true,
  userNameIsEmail: true, identityProviderGroups: [], lastModified: '2026-11-01T00:00:00Z',
  createdAt: '2026-11-01T00:00:00Z', deactivatedAt: null, deletedAt: null, purgeAt: null, invitation: null,
}) // prettier-ignore

/** The list of `total` people; what is chosen is said by a button that clears the choice. */
async function list(total: number, path = '/users') {
  giveLayout({ width: 1200 })
  const asked: { first: number; skip: number }[] = []
  const Panel = defineComponent(
    () => () =>
      h(
        UsersPanel,
        { groups: true, rules: { manageUsers: true, restoreUsers: true, viewerIsOwner: true } },
        {
          chosen: ({ people, all, clear, list }: never) => [
            h('output', {}, (people as { id: string }[]).map(({ id }) => id).join(' ')),
            h('p', {}, (list as { remark?: string }).remark),
            h('button', { onClick: all }, 'everybody'),
            h('button', { onClick: clear }, 'nobody'),
          ],
        },
      ),
  )
  await show(Panel, {
    path,
    answer: ({ name, variables }) => {
      if (name !== 'UserBlock') return undefined
      const { first, skip } = variables as { first: number; skip: number }
      asked.push({ first, skip })
      const nodes = Array.from({ length: Math.min(first, total - skip) }, (_, n) => person(skip + n))
      const users = { totalCount: total, nodes }
      return { organization: { __typename: 'Organization', id: 'O', users } }
    },
  })
  await screen.findByText('Person 0')
  const boxOf = (n: number) =>
    screen.getByRole<HTMLInputElement>('checkbox', { name: `Select Person ${String(n)}` })
  const chosen = () => document.querySelector('output')?.textContent
  return { asked, boxOf, chosen }
}

test('boxes choose, Shift chooses everything up to there, and the count is told', async () => {
  const { boxOf, chosen } = await list(40)
  await fireEvent.click(boxOf(2))
  await fireEvent.click(boxOf(5), { shiftKey: true })
  await waitFor(() => {
    expect(chosen()).toBe('U2 U3 U4 U5')
  })
  await fireEvent.click(boxOf(3))
  expect(chosen()).toBe('U2 U4 U5')
  screen.getByText('40 people · 3 selected')
  expect(screen.getAllByRole('row', { selected: true })).toHaveLength(3)
})

test('X chooses the row with the focus, Shift and X a range', async () => {
  const { chosen } = await list(40)
  const row = (n: number) => document.querySelector<HTMLElement>(`[data-index="${String(n)}"]`)
  row(1)?.focus()
  await fireEvent.keyDown(row(1) as HTMLElement, { key: 'x' })
  row(3)?.focus()
  await fireEvent.keyDown(row(3) as HTMLElement, { key: 'X', shiftKey: true })
  await waitFor(() => {
    expect(chosen()).toBe('U1 U2 U3')
  })
})

test('the box above chooses everybody who matches, also those who were never shown, and nobody again', async () => {
  const { asked, chosen } = await list(730)
  asked.length = 0
  await fireEvent.click(screen.getByRole('checkbox', { name: 'Select all 730' }))
  await waitFor(() => {
    expect(chosen()?.split(' ')).toHaveLength(730)
  })
  expect(asked).toEqual([
    { skip: 0, first: 500 },
    { skip: 500, first: 230 },
  ])
  await fireEvent.click(screen.getByRole('checkbox', { name: 'Clear selection' }))
  await screen.findByText('730 people')
})

test('of more than a thousand only the first thousand are chosen, and it says so', async () => {
  const { boxOf, chosen } = await list(5000)
  await fireEvent.click(screen.getByRole('checkbox', { name: 'Select the first 1,000 of 5,000' }))
  await waitFor(() => {
    expect(chosen()?.split(' ')).toHaveLength(1000)
  })
  await fireEvent.click(boxOf(0))
  await fireEvent.click(boxOf(0))
  expect(chosen()?.split(' ')).toHaveLength(1000)
  screen.getByText('5,000 people · 1,000 selected')
})

test('another order leaves the choice, another tab or filter ends it', async () => {
  const { boxOf, chosen } = await list(40)
  await fireEvent.click(boxOf(2))
  await fireEvent.click(screen.getByRole('button', { name: 'User' }))
  await screen.findByText('40 people · 1 selected')
  expect(chosen()).toBe('U2')
  await fireEvent.click(screen.getByRole('tab', { name: /Pending/ }))
  await screen.findByText('40 people')
})

test('a filter in the address ends the choice', async () => {
  const { boxOf } = await list(40)
  await fireEvent.click(boxOf(2))
  await screen.findByText('40 people · 1 selected')
  await fireEvent.update(screen.getByRole('searchbox'), 'ada')
  await screen.findByText('40 people')
})

test('columns and the height of rows are kept on this device', async () => {
  localStorage.setItem('rollcall-grid-users', 'compact -role')
  await list(3)
  expect(document.querySelector<HTMLElement>('[data-index="0"]')?.style.height).toBe('36px')
  expect(screen.queryByRole('columnheader', { name: 'Role' })).toBeNull()
  screen.getByRole('columnheader', { name: 'Identity Provider Group' })
})
