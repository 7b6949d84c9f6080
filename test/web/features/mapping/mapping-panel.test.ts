// The page "Map to groups": its states, saving with a question, and the ways out of a stale preview.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { expect, test } from 'vitest'
import MappingPanel from '#web/features/mapping/MappingPanel.vue'
import { show } from '#test/web/show.ts'

const mapping = {
  enabled: true,
  version: 4,
  savedAt: '2026-11-20T08:00:00Z',
  savedBy: 'Dana',
  severalValues: false,
  sourceAttribute: { path: 'title', label: 'Title', isDefault: false },
  defaultGroup: null,
  rows: [
    {
      id: '1',
      value: 'Sales',
      people: 3,
      lastSeen: '2026-11-20T08:00:00Z',
      group: { id: 'G1', name: 'Sales' },
    },
  ],
  seen: { totalCount: 2 },
}
const near = {
  value: 'sales',
  count: 2,
  lastSeen: '2026-11-20T08:00:00Z',
  nearMiss: { value: 'Sales', kinds: ['CASE'] },
}
const totals = { people: 9, join: 2, leave: 0, move: 0, unchanged: 7, unmatched: 0, frozen: 0 }
const flows = [{ from: [], to: [{ id: 'G1', name: 'Sales' }], people: 2 }]
const plan = { applies: true, newGroups: [], flows, managedEvents: { gained: 4, lost: 1 }, nearMisses: [] }

/** A server of one organization; `saves` are its answers to saving, one after the other. */
function server(change: { mapping?: object; groups?: boolean; values?: object[]; saves?: object[] } = {}) {
  const asked: { name: string; variables: Record<string, unknown> }[] = []
  const now = { version: 4, savedBy: 'Dana', plans: 0 }
  const saves = [...(change.saves ?? [])]
  const values = change.values ?? [near]
  const answer = ({ name, variables }: { name: string; variables: Record<string, unknown> }) => {
    asked.push({ name, variables })
    const groupMapping = { ...mapping, ...change.mapping, version: now.version, savedBy: now.savedBy }
    const entitlements = { scim: true, groups: change.groups ?? true }
    const seats = { total: 10, free: 3 }
    const organization = { id: 'O', entitlements, seats, groupMapping }
    if (name === 'Mapping') return { organization }
    if (name === 'Unmapped') {
      const list = { totalCount: values.length, people: 2, values }
      return { organization: { id: 'O', groupMapping: { values: list } } }
    }
    if (name === 'Plan') {
      now.plans += 1
      const previewGroupMapping = { ...plan, totals, fingerprint: `print ${String(now.plans)}` }
      return { organization: { id: 'O', seats, previewGroupMapping } }
    }
    if (name === 'SaveMapping')
      return {
        saveGroupMapping: saves.shift() ?? { __typename: 'SaveGroupMappingPayload', groupMapping, job: null },
      }
    return undefined
  }
  return { answer, asked, now }
}
const page = (one: ReturnType<typeof server>) =>
  show(MappingPanel, {
    props: { title: 'Map to groups', jobs: [], seesPlan: true },
    answer: one.answer,
    path: '/mapping',
  })
const savedInputs = ({ asked }: ReturnType<typeof server>) =>
  asked
    .filter(({ name }) => name === 'SaveMapping')
    .map(({ variables }) => variables['input'] as Record<string, unknown>)

test('says what failed and tries again', async () => {
  let away = true
  const one = server()
  await show(MappingPanel, {
    props: { title: 'Map to groups', jobs: [], seesPlan: true },
    answer: (asked, sink) => {
      if (!away) return one.answer(asked)
      sink.next({ errors: [{ message: 'The server is away.' }] as never })
      return undefined
    },
  })
  expect((await screen.findByRole('alert')).textContent).toContain('The server is away.')
  away = false
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await screen.findByRole('table', { name: 'Group Mapping' })
})

test('says that the plan has no groups, without asking for a preview', async () => {
  const one = server({ groups: false })
  await page(one)
  await screen.findByText('Not part of your plan')
  expect(one.asked.map(({ name }) => name)).not.toContain('Plan')
})

test('says what to do while nothing was received', async () => {
  await page(server({ mapping: { rows: [], seen: { totalCount: 0 } }, values: [] }))
  await screen.findByText('No values received yet')
  expect(screen.getByRole('textbox', { name: 'Attribute that is read' }).textContent).toBe('title')
  expect(screen.getByRole('link', { name: 'Open the set-up guide' }).getAttribute('href')).toBe(
    '/login/provisioning',
  )
})

test('a near miss becomes a row by one press; without moving people it is saved at once, by version', async () => {
  const one = server()
  await page(one)
  await fireEvent.click(await screen.findByRole('button', { name: 'Map sales to Sales' }))
  expect(screen.getByText('1 unsaved change')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Map sales to Sales' })).toBeNull()
  await fireEvent.click(screen.getByRole('button', { name: 'Save and continue' }))
  await waitFor(() => {
    expect(savedInputs(one)).toHaveLength(1)
  })
  const [input] = savedInputs(one)
  expect(input).toMatchObject({ version: 4, mapping: { applyToExisting: false } })
  expect((input?.['mapping'] as { rows: unknown[] }).rows).toContainEqual({
    value: 'sales',
    group: { groupId: 'G1' },
  })
})

test('how many people a save moves is not said before it is known', async () => {
  const one = server()
  await show(MappingPanel, {
    props: { title: 'Map to groups', jobs: [], seesPlan: true },
    answer: asked => (asked.name === 'Plan' ? undefined : one.answer(asked)),
  })
  await screen.findByText('Moves everyone to where they belong when you save.')
  expect(screen.queryByText(/right now/)).toBeNull()
})

test('a fault is shown with a way to its row, and nothing is saved', async () => {
  const one = server()
  await page(one)
  const [add] = (await screen.findAllByRole('button', { name: 'Add row' })).slice(-1)
  await fireEvent.click(add as HTMLElement)
  await fireEvent.update(screen.getByRole('textbox', { name: 'Value of row 2' }), 'Sales')
  await fireEvent.click(screen.getByRole('button', { name: 'Save and continue' }))
  const summary = await screen.findByRole('alert')
  expect(summary.textContent).toContain('2 things to correct before saving')
  expect(summary.textContent).toContain('Row 1 has this value already.')
  expect(savedInputs(one)).toEqual([])
})

const stale = {
  __typename: 'StaleError',
  code: 'group-mappings/stale-preview',
  message: 'People have changed since the preview: 3 join (it was 2).',
}

test('moving people is asked for with its numbers; a stale preview leads to a new one', async () => {
  const one = server({ saves: [stale] })
  await page(one)
  await fireEvent.click(await screen.findByRole('radio', { name: 'Yes' }))
  await fireEvent.click(screen.getByRole('button', { name: 'Save and continue' }))
  const question = await screen.findByRole('dialog', { name: 'Move 2 people now?' })
  expect(question.textContent).toContain('+4 / −1')
  await fireEvent.click(within(question).getByRole('button', { name: 'Save and move 2 people' }))
  const refusal = await screen.findByRole('dialog', { name: 'The preview is out of date' })
  expect(refusal.textContent).toContain('3 join (it was 2)')
  const before = one.now.plans
  await fireEvent.click(within(refusal).getByRole('button', { name: 'Preview again' }))
  const again = await screen.findByRole('dialog', { name: 'Move 2 people now?' })
  expect(one.now.plans).toBeGreaterThan(before)
  await fireEvent.click(within(again).getByRole('button', { name: 'Save and move 2 people' }))
  await waitFor(() => {
    expect(savedInputs(one)).toHaveLength(2)
  })
  expect(savedInputs(one)[1]?.['fingerprint']).not.toBe(savedInputs(one)[0]?.['fingerprint'])
})

test('what somebody else saved meanwhile is a choice: theirs, or mine on top of it', async () => {
  const one = server({ saves: [{ ...stale, message: 'The mapping was changed by someone else.' }] })
  await page(one)
  await fireEvent.click(await screen.findByRole('button', { name: 'Map sales to Sales' }))
  one.now.version = 5
  one.now.savedBy = 'Eve'
  await fireEvent.click(screen.getByRole('button', { name: 'Save and continue' }))
  const refusal = await screen.findByRole('dialog', { name: 'Somebody else saved meanwhile' })
  await fireEvent.click(within(refusal).getByRole('button', { name: 'Keep mine and preview again' }))
  await fireEvent.click(await screen.findByRole('button', { name: 'Save and continue' }))
  await waitFor(() => {
    expect(savedInputs(one)).toHaveLength(2)
  })
  expect(savedInputs(one)[1]).toMatchObject({ version: 5 })
})

test('unsaved rows are not left by accident', async () => {
  const { router } = await page(server())
  await fireEvent.click(await screen.findByRole('button', { name: 'Map sales to Sales' }))
  const going = router.push('/users')
  const question = await screen.findByRole('dialog', { name: 'Leave without saving?' })
  await fireEvent.click(within(question).getByRole('button', { name: 'Cancel' }))
  await going
  expect(router.currentRoute.value.path).toBe('/mapping')
})

test('what is edited while a save is under way stays, as a change of what was saved', async () => {
  const stored = { rows: mapping.rows }
  const one = server({ mapping: stored })
  let finish: (() => void) | undefined
  await show(MappingPanel, {
    props: { title: 'Map to groups', jobs: [], seesPlan: true },
    answer: (asked, sink) => {
      if (asked.name !== 'SaveMapping' || finish) return one.answer(asked)
      finish = () => {
        one.now.version = 5
        stored.rows = mapping.rows.flatMap(row => [row, { ...row, id: '2', value: 'sales' }])
        const groupMapping = { ...mapping, ...stored, version: 5 }
        const payload = { __typename: 'SaveGroupMappingPayload', groupMapping, job: null }
        sink.next({ data: { saveGroupMapping: payload } })
      }
      return undefined
    },
  })
  await fireEvent.click(await screen.findByRole('button', { name: 'Map sales to Sales' }))
  await fireEvent.click(screen.getByRole('button', { name: 'Save and continue' }))
  await waitFor(() => {
    expect(finish).toBeTruthy()
  })
  await fireEvent.update(screen.getByRole('textbox', { name: 'Value of row 1' }), 'Sales EMEA')
  finish?.()
  // The row that was new is stored now; the one that was edited since then is the one change.
  await waitFor(() => {
    expect(screen.getByText('1 unsaved change')).toBeTruthy()
  })
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Value of row 1' }).value).toBe('Sales EMEA')
  await fireEvent.click(screen.getByRole('button', { name: 'Save and continue' }))
  await waitFor(() => {
    expect(savedInputs(one)).toHaveLength(1)
  })
  expect(savedInputs(one)[0]).toMatchObject({ version: 5, mapping: { rows: [{ value: 'Sales EMEA' }, {}] } })
})
