// "Why is Ada in Sales?": what is known of each reason, and what would change it.
import { expect, test } from 'vitest'
import { screen } from '@testing-library/vue'
import { factsOfSource, remediesOf, type Membership } from '#web/features/memberships/why.ts'
import WhyCard from '#web/features/memberships/WhyCard.vue'
import { show } from '#test/web/show.ts'

const base: Omit<Membership['sources'][number], 'kind'> = {
  grantedAt: '2026-11-03T10:00:00.000Z',
  waitedAs: null,
  grantedBy: null,
  giver: null,
  mappingRow: null,
  event: null,
  value: null,
}
const mapped: Membership['sources'][number] = {
  ...base,
  kind: 'MAPPING',
  value: 'Sales - EMEA',
  mappingRow: { position: 3, attribute: { label: 'Department' }, current: { id: 'R', position: 4 } },
  giver: { kind: 'SCIM_TOKEN', name: 'Okta 2026' },
  event: {
    id: 'E',
    sentence: 'Ada joined Sales (Department = Sales - EMEA, row 3)',
    exchange: { id: 'X', method: 'PATCH', status: 200 },
  },
}
const byHand: Membership['sources'][number] = {
  ...base,
  kind: 'MANUAL',
  giver: { kind: 'PERSON', name: 'Dana Silva' },
}
const membership = (...sources: Membership['sources']): Membership => ({
  groupId: 'G',
  groupName: 'Sales',
  pushed: false,
  joinedAt: base.grantedAt,
  lockedReason: null,
  sources,
})
const say = (key: string, named?: Record<string, string | number>) => `${key} ${JSON.stringify(named ?? {})}`

test('a mapped reason tells value, attribute, the row as it is now, token and date', () => {
  const facts = Object.fromEntries(
    factsOfSource(mapped, say).map(fact => [fact.name.split(' ')[0] ?? '', fact.value]),
  )
  expect(facts).toMatchObject({
    'memberships.value': 'Sales - EMEA',
    'memberships.attribute': 'Department',
    'memberships.mappingRow': 'memberships.row {"position":4}',
    'memberships.givers.SCIM_TOKEN': 'Okta 2026',
  })
})

test('a row that leads elsewhere now is told as it was', () => {
  const moved = { ...mapped, mappingRow: { position: 3, attribute: null, current: null } }
  expect(factsOfSource(moved, say).map(fact => fact.value)).toContain('memberships.rowWas {"position":3}')
  // Who may not read the mapping gets no current row either, and is not told that it moved.
  expect(factsOfSource(moved, say, false).map(fact => fact.value)).toContain('memberships.row {"position":3}')
})

test('one reason has one remedy; of several all must go', () => {
  expect(remediesOf(membership(byHand), say)).toHaveLength(1)
  const both = remediesOf(membership(mapped, byHand), say)
  expect(both[0]).toContain('memberships.allMustGo')
  expect(both).toHaveLength(3)
})

test('the card asks the question, links the request and says what would change it', async () => {
  await show(WhyCard, { props: { membership: membership(mapped), name: 'Ada Byron', linked: true } })
  screen.getByRole('heading', { name: 'Why is Ada Byron in Sales?' })
  expect(screen.getByRole('link', { name: 'PATCH · 200' }).getAttribute('href')).toBe('/log?line=X')
  screen.getByText(/send another value than “Sales - EMEA”/)
  expect(screen.getByRole('link', { name: 'Edit the mapping' }).getAttribute('href')).toBe('/mapping')
})
