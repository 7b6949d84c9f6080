// The activity log as an admin reads it: filters in the address, words for actions, before and after, newcomers.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, onTestFinished, test, vi } from 'vitest'
import { activityCsv, activityFilter, filtersIn } from '#web/features/activity/activity-filters.ts'
import { actionKey } from '#web/features/activity/activity-row.ts'
import ActivityPanel from '#web/features/activity/ActivityPanel.vue'
import { show } from '#test/web/show.ts'

test('the address says what is asked; what it does not understand is left out', () => {
  const filters = filtersIn({
    q: 'sales',
    by: 'person,alien',
    category: 'single-sign-on',
    from: '2026-13-99',
    to: '9999-12-31',
  })
  expect(filters).toEqual({
    search: 'sales',
    by: ['person'],
    categories: ['single-sign-on'],
    from: '',
    to: '',
  })
  expect(activityFilter(filters)).toEqual({
    search: 'sales',
    actorKinds: ['PERSON'],
    categories: ['SINGLE_SIGN_ON'],
  })
  expect(activityCsv(filters)).toBe('/exports/activity.csv?search=sales&by=person&category=single-sign-on')
  expect(activityCsv(filtersIn({}))).toBe('/exports/activity.csv')
})

test('a day ends when the next one begins, in the zone of the reader', () => {
  const day = filtersIn({ from: '2026-11-22', to: '2026-11-22' })
  expect(activityFilter(day)).toEqual({
    from: new Date(2026, 10, 22).toISOString(),
    to: new Date(2026, 10, 23).toISOString(),
  })
})

test('an action is found under its name without dots and dashes', () => {
  expect(actionKey('provisioning.configure-deviation')).toBe(
    'activity.actions.provisioning_configure_deviation',
  )
})

const line = (id: string, action: string) => ({
  ...{ __typename: 'Activity', id, action, occurredAt: '2026-11-22T09:00:00Z', category: 'PEOPLE' },
  ...{ actorKind: 'PERSON', actorName: 'Ada Byron', subjectName: 'Grace Hopper' },
  changes: [{ __typename: 'ActivityChange', path: 'role', before: 'user', after: 'admin' }],
  ...{ requestId: 'r-1', ip: '192.0.2.7' },
})

async function showLog(lines: ReturnType<typeof line>[], newcomers: string[] = [], path = '/activity') {
  const asked: Record<string, unknown>[] = []
  // Without a layout nothing is visible, and a grid draws only what is.
  const element = HTMLDivElement.prototype
  vi.spyOn(element, 'clientHeight', 'get').mockReturnValue(600)
  vi.spyOn(element, 'clientWidth', 'get').mockReturnValue(900)
  const view = await show(ActivityPanel, {
    path,
    answer: ({ name, variables }) => {
      if (name === 'ActivityRetention')
        return {
          organization: {
            ...{ __typename: 'Organization', id: 'o' },
            provisioning: { __typename: 'Provisioning', logRetentionDays: 90 },
          },
        }
      if (name === 'NewActivity')
        return { organization: { id: 'o', activity: { nodes: newcomers.map(id => ({ id })) } } }
      asked.push(variables)
      const pageInfo = { hasNextPage: false, endCursor: null }
      return { organization: { id: 'o', activity: { totalCount: lines.length, nodes: lines, pageInfo } } }
    },
  })
  return { ...view, asked }
}

test('a line says who did what in words, and opens with before and after', async () => {
  await showLog([line('2', 'user.change_role'), line('1', 'newer.than_us')])
  expect(await screen.findByText('Changed a role')).toBeTruthy()
  expect(screen.getByText('newer.than_us')).toBeTruthy()
  expect(screen.getByText(/kept for 90 days/)).toBeTruthy()
  await fireEvent.click(screen.getByText('Changed a role'))
  const panel = await screen.findByRole('complementary', { name: 'Changed a role' })
  expect(panel.textContent).toContain('-Before: user')
  expect(panel.textContent).toContain('+After: admin')
  expect(panel.textContent).toContain('192.0.2.7')
})

test('nothing found offers to clear the filters, nothing at all says what will come', async () => {
  const { router, asked } = await showLog([], [], '/activity?category=groups&q=x')
  expect(await screen.findByText('No activity matches')).toBeTruthy()
  expect(asked[0]?.['filter']).toEqual({ search: 'x', categories: ['GROUPS'] })
  await fireEvent.click(screen.getAllByRole('button', { name: 'Clear filters' })[0]!)
  await waitFor(() => {
    expect(router.currentRoute.value.fullPath).toBe('/activity')
  })
  expect(await screen.findByText('Changes by admins will appear here.')).toBeTruthy()
})

test('lines that come meanwhile wait behind a bar', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { asked } = await showLog([line('2', 'user.change_role')], ['3', '4'])
  expect(await screen.findByText('Changed a role')).toBeTruthy()
  vi.advanceTimersByTime(30_000)
  const bar = await screen.findByRole('button', { name: '2 new' })
  expect(asked).toHaveLength(1)
  await fireEvent.click(bar)
  await waitFor(() => {
    expect(asked).toHaveLength(2)
  })
})
