// A list that grows by cursor: whoever jumps far sees rows there, and keeps them when something changes.
import { expect, test, vi } from 'vitest'
import { defineComponent } from 'vue'
import { noteChange } from '#web/graphql/changes.ts'
import { usePlainClient } from '#web/graphql/client.ts'
import { usePages } from '#web/graphql/use-pages.ts'
import { show } from '#test/web/show.ts'

const question = `query Rows($first: Int!, $after: String) {
  rows(first: $first, after: $after) { nodes totalCount pageInfo { hasNextPage endCursor } } }`

interface Rows {
  rows: {
    nodes: number[]
    totalCount: number
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}

/** A list of so many numbers on a server, read as the console reads lists. */
async function list(length: number) {
  const asked: number[] = []
  let pages: ReturnType<typeof usePages<Rows, number>> | undefined
  const List = defineComponent(() => {
    const client = usePlainClient()
    pages = usePages<Rows, number>({
      key: () => '',
      ask: page => client.query(question, { ...page }),
      pick: data => data.rows,
    })
    return () => null
  })
  await show(List, {
    answer: ({ variables }) => {
      const { first, after } = variables as { first: number; after: string | null }
      asked.push(first)
      const from = Number(after ?? 0)
      const end = Math.min(length, from + first)
      const nodes = Array.from({ length: end - from }, (_, index) => from + index)
      const pageInfo = { hasNextPage: end < length, endCursor: String(end) }
      return { rows: { nodes, totalCount: length, pageInfo } }
    },
  })
  return { asked, ...pages! }
}

test('a jump to the end brings its rows, in few questions', async () => {
  const { asked, rowAt, show: look } = await list(1_000)
  look(980, 999)
  await vi.waitFor(() => {
    expect(rowAt(999)).toBe(999)
  })
  expect(asked).toEqual([100, 500, 409])
})

test('what is on screen stays when something changes, however far down it is', async () => {
  const { rowAt, rows, show: look } = await list(1_000)
  look(880, 899)
  await vi.waitFor(() => {
    expect(rowAt(899)).toBe(899)
  })
  noteChange()
  await vi.waitFor(() => {
    expect(rows.value.length).toBeGreaterThanOrEqual(909)
    expect(rowAt(899)).toBe(899)
  })
})

test('the next page comes when it is asked for, and only then', async () => {
  const { asked, more, rows } = await list(300)
  await vi.waitFor(() => {
    expect(rows.value).toHaveLength(100)
  })
  more()
  await vi.waitFor(() => {
    expect(rows.value).toHaveLength(200)
  })
  expect(asked).toEqual([100, 100])
})
