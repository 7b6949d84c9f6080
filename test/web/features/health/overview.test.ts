// The overview: a sentence, numbers that lead to their lists, a chart in the address, and a set-up that ticks itself.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { provideLiveHealth } from '#web/features/health/use-live-health.ts'
import OverviewPage from '#web/pages/OverviewPage.vue'
import { show } from '#test/web/show.ts'

const now = new Date('2026-11-22T12:30:40Z')
beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const quiet = {
  ...{
    __typename: 'ProvisioningHealth',
    state: 'WAITING',
    sentence: "Waiting for the provider's first call.",
  },
  ...{ lastContactAt: null, lastContact: null, lastSuccessAt: null, requestsLast24Hours: 0 },
  ...{ refusedLast24Hours: 0, failedLast24Hours: 0, successShare: null, p95Milliseconds: null },
  ...{ tokenDaysLeft: null, hasCredential: false, canCall: false, token: null, linked: 0, notLinked: 0 },
  ...{ pendingOverWeek: 0, waitingForSeat: 0, attention: [] as object[] },
}
const busy = {
  ...{ ...quiet, state: 'DEGRADED', sentence: '2 of 50 requests were refused.', hasCredential: true },
  ...{ canCall: true, lastContactAt: '2026-11-22T12:30:00Z', requestsLast24Hours: 50, refusedLast24Hours: 2 },
  ...{
    successShare: 0.96,
    p95Milliseconds: 40,
    tokenDaysLeft: 12,
    linked: 9,
    notLinked: 3,
    waitingForSeat: 4,
  },
  token: { __typename: 'ScimToken', id: 'T', name: 'Okta 2026', expiresAt: '2026-12-04T12:00:00Z' },
  attention: [
    {
      ...{ __typename: 'AttentionGroup', summary: 'No free seat', status: 403, scimType: null },
      ...{ count: 2, lastAt: '2026-11-22T12:00:00Z' },
    },
  ],
}
type Health = typeof quiet | typeof busy

interface Given {
  health: Health
  sso?: string
  enforced?: boolean
  requireSso?: boolean
  rows?: number
  /** The query that the server fails at. */
  fails?: string
}

/** Plays the server; `given` may change while the page is open. */
function serving(given: Given) {
  const asked: { name: string; variables: Record<string, unknown> }[] = []
  let push: ((health: Health) => void) | undefined
  const organization = () => ({
    ...{ __typename: 'Organization', id: 'O', name: 'Acme', requireSso: given.requireSso ?? true },
    sso: {
      ...{ __typename: 'Sso', id: 'S', status: given.sso ?? 'NONE' },
      certificates: [7, 211].map(daysLeft => ({
        ...{ __typename: 'SsoCertificate', fingerprint: String(daysLeft), daysLeft },
        validTo: '2027-06-21T00:00:00Z',
      })),
    },
    seats: { __typename: 'Seats', total: 12, used: 9, reserved: 3, free: 0 },
    userCounts: { __typename: 'StatusCounts', pending: 3, active: 9, deactivated: 1, deleted: 0 },
    provisioning: { __typename: 'Provisioning', enforced: given.enforced ?? false },
  })
  const mapping = () => ({
    ...{ __typename: 'Organization', id: 'O' },
    entitlements: { __typename: 'Entitlements', scim: true, groups: true },
    groupMapping: {
      ...{ enabled: true, savedAt: null, rows: Array.from({ length: given.rows ?? 0 }, (_, id) => ({ id })) },
      values: { totalCount: 2, people: 5 },
    },
  })
  const hours = Array.from({ length: 24 }, (_, index) => ({
    from: new Date(Date.parse('2026-11-21T13:00:00Z') + index * 3_600_000).toISOString(),
    ...{ succeeded: index === 23 ? 48 : 0, refused: index === 23 ? 2 : 0, failed: 0 },
  }))
  const answers: Record<string, () => Record<string, unknown>> = {
    Overview: () => ({ organization: organization() }),
    HealthNow: () => ({
      organization: { id: 'O', provisioning: { __typename: 'Provisioning', health: given.health } },
    }),
    MappingState: () => ({ organization: mapping() }),
    Volume: () => ({ organization: { id: 'O', provisioning: { health: { volume: hours } } } }),
    Viewer: () => ({
      viewer: {
        ...{ __typename: 'Viewer', kind: 'PERSON', organization: null },
        user: { __typename: 'User', id: 'u', displayName: 'Ada', email: 'a@b.example', role: 'OWNER' },
        permissions: {
          __typename: 'Permissions',
          readProvisioningLog: true,
          readMappings: true,
          manageSso: true,
        },
      },
    }),
  }
  return {
    asked,
    push: (health: Health) => push?.(health),
    answer: (
      one: { name: string; variables: Record<string, unknown> },
      sink: { next: (value: object) => void },
    ) => {
      asked.push(one)
      if (one.name === given.fails) {
        sink.next({ data: null, errors: [{ message: 'Broken.', extensions: { requestId: 'R1' } }] })
        return
      }
      if (one.name === 'Health') {
        push = health => {
          sink.next({ data: { provisioningHealth: health } })
        }
      }
      return answers[one.name]?.()
    },
  }
}
const Page = defineComponent(() => {
  provideLiveHealth(() => true)
  return () => h(OverviewPage)
})
const card = (container: Element, key: string) => container.querySelector(`[data-card=${key}]`)
const step = (container: Element, key: string) => container.querySelector(`[data-step=${key}]`) as HTMLElement

test('a healthy or ailing organization is told in a sentence, and each number leads to its list', async () => {
  const { answer } = serving({ health: busy, sso: 'ENFORCED', enforced: true, rows: 1 })
  const { container } = await show(Page, { answer })
  await screen.findByText('2 of 50 requests were refused.')
  await waitFor(() => {
    expect(card(container, 'unmapped')?.textContent).toContain('Without a group5')
  })
  const facts = [...container.querySelectorAll('[data-card]')].map(one => [
    one.getAttribute('data-card'),
    one.querySelectorAll('p')[1]?.textContent.trim(),
    one.getAttribute('href'),
  ])
  const since = '2026-11-21T12:30:00.000Z'
  expect(facts).toEqual([
    ['lastContact', '40 sec. ago', '/log'],
    ['success', '96 %', `/log?outcome=refused,failed&from=${since}`],
    ['seats', '9 of 12', '/log?q=No+free+seat&status=403&from=2026-11-15T12:30:00.000Z'],
    ['unmapped', '5', '/mapping'],
    ['token', '12 days left', '/login/provisioning'],
    ['certificate', '211 days left', '/login/single-sign-on'],
  ])
  expect(card(container, 'seats')?.textContent).toContain('4 people waiting')
  expect(card(container, 'unmapped')?.textContent).toContain('3 not linked')
  const people = screen.getByRole('region', { name: 'People' })
  expect(
    within(people)
      .getByRole('link', { name: /Value without a group/ })
      .getAttribute('href'),
  ).toBe('/mapping')
  const needs = screen.getByRole('region', { name: 'Needs attention' })
  const [all, group] = within(needs).getAllByRole('link')
  expect(all?.getAttribute('href')).toContain('/log?outcome=refused,failed&from=2026-11-21T12:30:40')
  expect(group?.getAttribute('href')).toContain('/log?outcome=refused&status=403&from=2026-11-21')
})

test.each([
  ['Overview', '2 of 50 requests were refused.', ['seats', 'certificate'], ['Needs attention']],
  ['HealthNow', 'People', ['lastContact', 'success', 'unmatched', 'token'], ['People']],
])('when %s fails the other parts stay, and what is missing says so', async (fails, stays, lost, regions) => {
  const given: Given = { health: busy, sso: 'ENFORCED', enforced: true, rows: 1, fails }
  const { answer } = serving(given)
  const { container } = await show(Page, { answer })
  expect(await screen.findByText(stays)).toBeTruthy()
  const alert = screen.getByRole('alert')
  expect(alert.textContent).toContain('R1')
  const missing = [...container.querySelectorAll('[data-card]')].filter(one =>
    one.textContent.includes('This could not be loaded'),
  )
  expect(missing.map(one => one.getAttribute('data-card'))).toEqual(lost)
  for (const name of ['Requests per hour', ...regions])
    expect(await screen.findByRole('region', { name })).toBeTruthy()

  delete given.fails
  await fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
  await waitFor(() => {
    expect(screen.queryByRole('alert')).toBeNull()
  })
  expect(screen.queryByText('This could not be loaded')).toBeNull()
})

test('the chart keeps its range and view in the address, is read by keys, and a bar leads to the log of its hour', async () => {
  const { answer, asked } = serving({ health: busy, sso: 'ENFORCED', enforced: true, rows: 1 })
  const { router } = await show(Page, { answer, path: '/?range=7d' })
  const chart = await screen.findByRole('application', { name: /Requests per hour/ })
  expect(asked.filter(one => one.name === 'Volume').map(one => one.variables['hours'])).toEqual([168])
  expect(screen.getByRole('button', { name: '7 days', pressed: true })).toBeTruthy()
  expect(screen.getByText('50 requests · 96 % succeeded')).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: '24 h' }))
  await waitFor(() => {
    expect(router.currentRoute.value.query).toEqual({})
  })
  await fireEvent.click(await screen.findByRole('button', { name: 'Success share' }))
  await waitFor(() => {
    expect(router.currentRoute.value.query).toEqual({ chart: 'share' })
  })
  const shares = await screen.findByRole('application', { name: /Success share per hour/ })
  expect(shares).not.toBe(chart)
  await fireEvent.keyDown(shares, { key: 'End' })
  await screen.findByText(/: 96 % Succeeded, 4 % Refused, 0 % Failed$/)
  await fireEvent.click(screen.getByRole('button', { name: 'Show as table' }))
  const cells = within(await screen.findByRole('table'))
    .getAllByRole('cell')
    .slice(-3)
  expect(cells.map(cell => cell.textContent.trim())).toEqual(['96 %', '4 %', '0 %'])
  await fireEvent.click(screen.getByRole('button', { name: 'Show as chart' }))
  const again = screen.getByRole('application')
  await fireEvent.keyDown(again, { key: 'End' })
  await fireEvent.keyDown(again, { key: 'Enter' })
  await waitFor(() => {
    expect(router.currentRoute.value.fullPath).toBe(
      '/log?from=2026-11-22T12:00:00.000Z&to=2026-11-22T13:00:00.000Z',
    )
  })
})

test('a new organization sees what to do, why steps are locked, and ticks that come without a reload', async () => {
  const given: Given = { health: quiet }
  const { answer, push } = serving(given)
  const { container } = await show(Page, { answer })
  const list = await screen.findByRole('region', { name: 'Set-up' })
  await within(list).findByText('Map values to groups')
  expect(within(list).getByRole('status').textContent).toBe('0 of 6 done')
  expect(list.textContent).toContain('About 29 minutes left.')
  expect(
    within(list)
      .getAllByRole('link')
      .map(link => link.getAttribute('href')),
  ).toEqual(['/login/single-sign-on'])
  expect(step(container, 'enforce').textContent).toContain('Opens when single sign-on has passed its test.')
  expect(step(container, 'mapping').textContent).toContain('optional')

  given.sso = 'TESTED'
  await vi.advanceTimersByTimeAsync(4_000)
  await waitFor(() => {
    expect(step(container, 'sso').textContent).toContain('(done)')
  })
  expect(step(container, 'contact').textContent).toContain('Opens when there is a token to call with.')

  given.enforced = true
  push({ ...quiet, hasCredential: true, canCall: true })
  await waitFor(() => {
    expect(within(list).getByRole('status').textContent).toBe('3 of 6 done')
  })
  const open = within(list)
    .getAllByRole('link')
    .map(link => link.getAttribute('href'))
  expect(open).toEqual(['/login/provisioning#guide'])
})
