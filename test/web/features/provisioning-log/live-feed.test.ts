// The live feed: history, stream, holding back, and nothing twice.
import type { ExecutionResult } from '@urql/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, nextTick, ref } from 'vue'
import { filtersIn } from '#web/features/provisioning-log/log-filters.ts'
import { useLiveFeed } from '#web/features/provisioning-log/use-live-feed.ts'
import { show } from '#test/web/show.ts'

const row = (sequence: number) => ({
  id: `x${sequence}`,
  cursor: `c${sequence}`,
  sequence: String(sequence),
  occurredAt: new Date(sequence * 10_000).toISOString(),
  method: 'PATCH',
  path: '/Users/1',
  query: null,
  status: 200,
  outcome: 'SUCCEEDED',
  durationMs: 5,
  summary: `Line ${sequence}`,
})
const page = (...sequences: number[]) => ({
  organization: {
    id: 'o',
    exchanges: {
      totalCount: 9,
      headCursor: 'c2',
      pageInfo: { hasNextPage: false, endCursor: null },
      nodes: sequences.map(row),
    },
  },
})

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

async function openFeed(first = page(2, 1)) {
  const held = ref(false)
  const query = ref<Record<string, string>>({ view: 'requests' })
  const followed: unknown[] = []
  let push: (sequence: number) => void = () => undefined
  let feed!: ReturnType<typeof useLiveFeed>
  const Host = defineComponent(() => {
    feed = useLiveFeed({
      view: () => 'requests',
      filters: () => filtersIn(query.value),
      held: () => held.value,
    })
    return () => null
  })
  await show(Host, {
    answer: ({ name, variables }, sink: { next(value: ExecutionResult): void }) => {
      if (name === 'Exchanges') return first
      followed.push(variables['after'])
      push = sequence => {
        sink.next({ data: { exchanges: { cursor: `c${sequence}`, exchange: row(sequence) } } })
      }
      return undefined
    },
  })
  await nextTick()
  const beat = async () => {
    vi.advanceTimersByTime(100)
    await nextTick()
  }
  return {
    feed,
    held,
    query,
    followed,
    push: (sequence: number) => {
      push(sequence)
    },
    beat,
  }
}

test('goes on from where the log stood and shows each line once', async () => {
  const { feed, followed, push, beat } = await openFeed()
  expect(followed).toEqual(['c2'])
  for (const sequence of [2, 3, 3, 4]) push(sequence)
  await beat()
  expect(feed.shown.value.map(line => line.text)).toEqual(['Line 4', 'Line 3', 'Line 2', 'Line 1'])
})

test('goes on from where the log stood even when there is no line yet', async () => {
  const { feed, followed, push, beat } = await openFeed(page())
  expect(followed).toEqual(['c2'])
  push(3)
  await beat()
  expect(feed.shown.value.map(line => line.text)).toEqual(['Line 3'])
})

test('holds newcomers back while someone reads, and lets them in at once', async () => {
  const { feed, held, push, beat } = await openFeed()
  held.value = true
  push(3)
  push(4)
  await beat()
  expect([feed.waiting.value, feed.shown.value.length]).toEqual([2, 2])
  feed.take()
  expect([feed.waiting.value, feed.shown.value.length]).toEqual([0, 4])
})

test('more than can be held is read anew when it is let in, so that nothing is missing in between', async () => {
  const { feed, held, followed, push, beat } = await openFeed()
  held.value = true
  for (let sequence = 3; sequence < 10_003; sequence += 1) push(sequence)
  await beat()
  expect([feed.waiting.value, feed.full.value]).toEqual([10_000, false])
  push(10_003)
  await beat()
  expect([feed.waiting.value, feed.full.value]).toEqual([10_000, true])
  feed.take()
  await vi.waitFor(() => {
    expect(followed).toEqual(['c2', 'c2'])
  })
  expect([feed.waiting.value, feed.full.value, feed.gap.value]).toEqual([0, false, false])
})

test('10,000 lines are kept', async () => {
  const { feed, push, beat } = await openFeed()
  for (let sequence = 3; sequence < 10_101; sequence += 1) {
    push(sequence)
    if (sequence % 2_000 === 0) await beat()
  }
  await beat()
  expect([feed.shown.value.length, feed.shown.value[0]?.text]).toEqual([10_000, 'Line 10100'])
  expect(feed.dropped.value).toBe(true)
})

test('a new filter starts over, from the newest line that matches', async () => {
  const { query, followed } = await openFeed()
  query.value = { status: '400' }
  await vi.waitFor(() => {
    expect(followed).toEqual(['c2', 'c2'])
  })
})
