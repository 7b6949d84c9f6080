// The members of a group on a phone: the reasons stand below the name.
import { screen, within } from '@testing-library/vue'
import { expect, test, vi } from 'vitest'
import MemberGrid from '#web/features/groups/MemberGrid.vue'
import { giveLayout } from '#test/web/layout.ts'
import { show } from '#test/web/show.ts'

const member = {
  id: 'U',
  displayName: 'Ada Byron',
  userName: 'ada@example.com',
  email: 'ada@example.com',
  status: 'ACTIVE',
  joinedAt: '2026-11-20T08:00:00Z',
  sources: [
    { kind: 'MAPPING', value: 'Sales' },
    { kind: 'MANUAL', value: null },
  ],
  lockedReason: 'Okta holds the membership.',
}

test.each([
  ['wide', false, '48px'],
  ['narrow', true, '72px'],
])('C6: a %s window shows where a member comes from', async (_name, narrow, height) => {
  giveLayout({ width: narrow ? 390 : 1200 })
  vi.spyOn(globalThis, 'matchMedia').mockReturnValue({
    matches: narrow,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  } as never)
  await show(MemberGrid, {
    props: { total: 1, rowAt: () => member, group: { id: 'G', name: 'Sales', manageable: true } },
  })
  const row = (await screen.findAllByRole('row')).find(one => one.textContent.includes('Ada')) as HTMLElement
  expect(row.style.height).toBe(height)
  const [person] = within(row).getAllByRole('gridcell')
  expect(within(person as HTMLElement).getByText('Sales').textContent).toBe('Sales')
  within(person as HTMLElement).getByText(/By hand/)
})
