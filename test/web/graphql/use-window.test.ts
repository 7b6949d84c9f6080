// The window over a long list after something changed: nobody stands in it twice, and nobody is missing.
import { expect, test, vi } from 'vitest'
import { defineComponent } from 'vue'
import { noteChange } from '#web/graphql/changes.ts'
import { usePlainClient } from '#web/graphql/client.ts'
import { useWindow } from '#web/graphql/use-window.ts'
import { show } from '#test/web/show.ts'

type Row = { id: string }
type Rows = { rows: { nodes: Row[]; totalCount: number } }
const question =
  'query Rows($first: Int!, $skip: Int!) { rows(first: $first, skip: $skip) { nodes { id } totalCount } }'

/** A list of 300 on a server, of which the window shows what it is told. */
async function list() {
  const server = Array.from({ length: 300 }, (_, index) => ({ id: `row ${String(index)}` }))
  const asked: number[] = []
  let window: ReturnType<typeof useWindow<Rows, Row>> | undefined
  const List = defineComponent(() => {
    const client = usePlainClient()
    window = useWindow<Rows, Row>({
      key: () => '',
      ask: block => client.query(question, { ...block }),
      pick: data => data.rows,
    })
    return () => null
  })
  await show(List, {
    answer: ({ variables }) => {
      const { first, skip } = variables as { first: number; skip: number }
      asked.push(skip)
      return { rows: { nodes: server.slice(skip, skip + first), totalCount: server.length } }
    },
  })
  const { rowAt, ...rest } = window!
  const look = (first: number, last: number) => {
    rest.show(first, last)
    return vi.waitFor(() => {
      for (let index = first; index <= last; index++) expect(rowAt(index)).toEqual(server[index])
    })
  }
  return { server, asked, look, rowAt, ...rest }
}

test('whoever is away from one block is in the next one, however long that was held', async () => {
  const { server, look, rowAt, total } = await list()
  await look(0, 20)
  await look(150, 170)
  await look(0, 20)
  server.splice(5, 1)
  noteChange()
  await look(0, 20)
  // Held from before, and one further now.
  expect(rowAt(150)).toBeUndefined()
  await look(90, 110)
  await look(150, 170)
  expect(total.value).toBe(299)
})

test('a change asks for what is visible only, and that stays while it is read again', async () => {
  const { asked, look, rowAt } = await list()
  await look(0, 20)
  await look(150, 170)
  await look(90, 110)
  asked.length = 0
  noteChange()
  expect(rowAt(95)).toEqual({ id: 'row 95' })
  await vi.waitFor(() => {
    expect(asked).toEqual([0, 100])
  })
})
