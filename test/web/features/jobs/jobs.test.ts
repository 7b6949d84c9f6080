// Long work: found again after a reload, followed over its subscription, stopped, and told about when it is over.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { pageOf, peopleOf, type Job } from '#web/features/jobs/job-words.ts'
import words from '#web/features/jobs/text/en.json' with { type: 'json' }
import { provideJobs } from '#web/features/jobs/use-jobs.ts'
import JobTray from '#web/ui/JobTray.vue'
import { show } from '#test/web/show.ts'

const job = {
  id: 'J1',
  kind: 'APPLY_MAPPING',
  state: 'RUNNING',
  over: false,
  done: 250,
  total: 1000,
  result: { people: 200 },
  error: null,
  startedBy: 'Dana',
  createdAt: '2026-11-20T08:00:00Z',
  startedAt: '2026-11-20T08:00:01Z',
  stoppable: true,
}
const Frame = (allowed: boolean) =>
  defineComponent(() => {
    const jobs = provideJobs(() => allowed)
    return () => h(JobTray, { jobs: jobs.lines.value, onCancel: jobs.cancel })
  })

function server() {
  const asked: string[] = []
  let now: object = job
  let tell: (change: object) => void = () => undefined
  const answer = (one: { name: string }, sink: { next(value: object): void }) => {
    asked.push(one.name)
    if (one.name === 'Jobs') return { organization: { id: 'O', jobs: [now] } }
    if (one.name === 'JobProgress')
      tell = change => {
        now = { ...now, ...change }
        sink.next({ data: { job: now } })
      }
    if (one.name === 'CancelJob')
      return { cancelJob: { __typename: 'CancelJobPayload', job: { id: 'J1', state: 'CANCELLED' } } }
    return undefined
  }
  return {
    asked,
    answer,
    tell: (change: object) => {
      tell(change)
    },
  }
}

test('work that was under way before is found, followed and told about at its end', async () => {
  const one = server()
  await show(Frame(true), { answer: one.answer })
  const bar = await screen.findByRole('progressbar', { name: 'Moving people' })
  expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual(['250', '1000'])
  one.tell({ done: 700 })
  await screen.findByText('700 of 1,000')
  expect(screen.getByText('Moving people: 50 %')).toBeTruthy()
  one.tell({ done: 1000, over: true, state: 'DONE', result: { people: 812 } })
  await screen.findByText('812 people moved')
  await waitFor(() => {
    expect(screen.queryByRole('progressbar', { name: 'Moving people' })).toBeNull()
  })
})

test('it can be stopped', async () => {
  const one = server()
  await show(Frame(true), { answer: one.answer })
  await fireEvent.click(await screen.findByRole('button', { name: 'Stop: Moving people' }))
  await waitFor(() => {
    expect(one.asked).toContain('CancelJob')
  })
  one.tell({ over: true, state: 'CANCELLED' })
  await screen.findByText('Stopped after 200 people')
})

test('what is only done whole cannot be stopped', async () => {
  const one = server()
  await show(Frame(true), { answer: one.answer })
  await screen.findByRole('button', { name: /^Stop/ })
  one.tell({ stoppable: false })
  await waitFor(() => {
    expect(screen.queryByRole('button', { name: /^Stop/ })).toBeNull()
  })
  screen.getByRole('progressbar', { name: 'Moving people' })
})

test('who may not see it asks for nothing', async () => {
  const one = server()
  await show(Frame(false), { answer: one.answer })
  expect(one.asked).toEqual([])
})

const kinds = ['APPLY_MAPPING', 'UNDO_CHANGE_SET', 'DERIVE_VALUES', 'ASSIGN_MANAGED_EVENT']
test.each(kinds)('%s is told about in words, running and at every end', kind => {
  for (const state of ['running', 'done', 'cancelled', 'failed'] as const)
    expect(words[state]).toHaveProperty(kind)
})

test('giving copies counts those who got one, and leads to the managed events', () => {
  const giving = { ...job, kind: 'ASSIGN_MANAGED_EVENT' as const, result: { copies: 17 } }
  expect(peopleOf(giving as Job)).toBe(17)
  expect(pageOf(giving).path).toBe('/managed-events')
  expect(pageOf({ kind: 'UNDO_CHANGE_SET' })).toMatchObject({ path: '/mapping', query: { view: 'history' } })
})
