// The section "Tolerated deviations": its four states, the warning before a refusal, the way to the last request.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { expect, test } from 'vitest'
import DeviationSection from '#web/features/deviations/DeviationSection.vue'
import { show } from '../../show.ts'

const used = {
  __typename: 'ToleratedDeviation',
  id: 'boolean-as-text',
  sentence: 'A boolean such as active came as text ("True"); it was read as true or false.',
  rfc: 'RFC 7643 section 2.3.2',
  strict: false,
  uses: [
    {
      __typename: 'DeviationUse',
      connectionId: '1',
      connectionName: 'Entra 2026',
      count: 1204,
      firstSeenAt: '2026-11-01T08:00:00.000Z',
      lastSeenAt: '2026-11-20T08:00:00.000Z',
      lastExchange: { __typename: 'Exchange', id: 'RXhjaGFuZ2U6MQ==' },
    },
    {
      __typename: 'DeviationUse',
      connectionId: '2',
      connectionName: 'Okta 2025',
      count: 1,
      firstSeenAt: '2026-10-01T08:00:00.000Z',
      lastSeenAt: '2026-10-01T08:00:00.000Z',
      lastExchange: null,
    },
  ],
}
const refused = { ...used, id: 'two-primaries', strict: true, uses: [] }

const answerOf = (toleratedDeviations: unknown[]) => ({
  organization: {
    __typename: 'Organization',
    id: 'O',
    provisioning: { __typename: 'Provisioning', toleratedDeviations },
  },
})

test('says that there is none', async () => {
  await show(DeviationSection, { props: { strict: false }, answer: () => answerOf([]) })
  await screen.findByText(/None so far/)
  expect(screen.queryByRole('switch')).toBeNull()
})

test('says what failed and tries again', async () => {
  let away = true
  await show(DeviationSection, {
    props: { strict: false },
    answer: (_asked, sink) => {
      if (!away) return answerOf([used])
      sink.next({ errors: [{ message: 'The server is away.' }] as never })
      return undefined
    },
  })
  const alert = await screen.findByRole('alert')
  away = false
  await fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
  await screen.findByText('Entra 2026')
  expect(screen.queryByRole('alert')).toBeNull()
})

test('tells who needed it how often, and leads to the last request as long as there is one', async () => {
  await show(DeviationSection, { props: { strict: false }, answer: () => answerOf([used, refused]) })
  await screen.findByText('1,204 requests')
  expect(screen.getByText('1 request')).toBeTruthy()
  const link = screen.getByRole('link', { name: /last request of Entra 2026/ })
  expect(link.getAttribute('href')).toBe('/log?line=RXhjaGFuZ2U6MQ==')
  expect(screen.queryByRole('link', { name: /Okta 2025/ })).toBeNull()
  expect(screen.getByText('Refused')).toBeTruthy()
})

test('asks before it refuses what is in use, and tolerates again without a question', async () => {
  const asked: unknown[] = []
  await show(DeviationSection, {
    props: { strict: false },
    answer: ({ name, variables }) => {
      if (name !== 'ConfigureDeviation') return answerOf([used, refused])
      asked.push(variables['input'])
      return { configureDeviation: { __typename: 'ConfigureDeviationPayload' } }
    },
  })
  await fireEvent.click(await screen.findByRole('switch', { name: 'Tolerate boolean-as-text' }))
  const dialog = await screen.findByRole('dialog')
  expect(dialog.textContent).toContain('1,205 requests needed it so far')
  expect(asked).toEqual([])
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Refuse' }))
  await waitFor(() => {
    expect(asked).toEqual([{ deviation: 'boolean-as-text', strict: true }])
  })
  await fireEvent.click(await screen.findByRole('switch', { name: 'Tolerate two-primaries' }))
  await waitFor(() => {
    expect(asked).toHaveLength(2)
  })
  expect(asked[1]).toEqual({ deviation: 'two-primaries', strict: false })
})

test('a switch that fails says why', async () => {
  await show(DeviationSection, {
    props: { strict: false },
    answer: ({ name }) =>
      name === 'ConfigureDeviation'
        ? { configureDeviation: { __typename: 'ForbiddenError', message: 'You may not do this.', code: 'x' } }
        : answerOf([refused]),
  })
  await fireEvent.click(await screen.findByRole('switch'))
  await screen.findByText('You may not do this.')
})

test('I4: in strict mode every switch is off and locked', async () => {
  await show(DeviationSection, { props: { strict: true }, answer: () => answerOf([used, refused]) })
  const switches = await screen.findAllByRole('switch')
  expect(switches.map(each => [each.getAttribute('aria-checked'), each.hasAttribute('disabled')])).toEqual([
    ['false', true],
    ['false', true],
  ])
  expect(screen.getByRole('note').textContent).toContain('read strictly')
})
