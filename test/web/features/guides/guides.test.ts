// The set-up guides: every vendor whole, values of one's own, and a check-list that ticks itself.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { guides, likelyGuide } from '#web/features/guides/guide-book.ts'
import { guideValue } from '#web/features/guides/guide-values.ts'
import GuideSection from '#web/features/guides/GuideSection.vue'
import german from '#web/features/guides/text/de.json' with { type: 'json' }
import english from '#web/features/guides/text/en.json' with { type: 'json' }
import { i18n, loadText } from '#web/i18n.ts'
import { show } from '#test/web/show.ts'

const baseUrl = 'https://rollcall.test/scim/v2/7'
const kinds = ['CALLED', 'CREATED', 'UPDATED', 'DEACTIVATED', 'GROUP_VALUE'] as const
const none = { done: false, at: null, subject: null }
type Ticked = Partial<Record<(typeof kinds)[number], string | null>>

function answering(ticked: () => Ticked) {
  return ({ name }: { name: string }) => {
    if (name !== 'Milestones') return undefined
    const milestones = kinds.map(kind => {
      const subject = ticked()[kind]
      const at = subject === null ? null : new Date(Date.now() - 60_000).toISOString()
      return subject === undefined ? { kind, ...none } : { kind, done: true, at, subject }
    })
    return { organization: { id: 'O', provisioning: { health: { milestones } } } }
  }
}
const props = { baseUrl, heardAt: null, identityProvider: null }
const codes = () => screen.getAllByRole('textbox').map(one => one.textContent)

describe.each(guides)('the guide of $name', guide => {
  test('has words for everything it says, and nothing left over', async () => {
    await loadText(['guides'])
    const { guides: words } = i18n.global.getLocaleMessage<{ guides: Record<string, object> }>('en')
    const own = words[guide.name] as Record<string, unknown>
    const { ends, ...said } = own
    const caution = guide.caution ? ['caution', 'cautionText'] : []
    expect(Object.keys(said).sort()).toEqual(
      ['name', ...caution, ...guide.steps.map(step => step.key)].sort(),
    )
    expect(Object.keys(ends as object).sort()).toEqual(guide.ends.map(([key]) => key).sort())
  })

  test('hands out the values of the organization and says what removing does', async () => {
    await show(GuideSection, {
      props,
      answer: answering(() => ({})),
      path: `/login/provisioning?guide=${guide.name}`,
    })
    for (const step of guide.steps)
      for (const value of step.copy ?? []) expect(codes()).toContain(guideValue(value, baseUrl))
    expect(codes()).toContain(baseUrl)
    const table = screen.getByRole('heading', { name: 'What removing does' }).parentElement as HTMLElement
    expect(within(table).getAllByRole('row')).toHaveLength(guide.ends.length + 1)
    for (const [, ours] of guide.attributes)
      expect(screen.getAllByRole('cell').map(cell => cell.textContent.trim())).toContain(ours)
  })
})

/** What a text shows in bold: the names of the vendor's screens, fields and buttons. */
function names(text: unknown): string[] {
  if (typeof text !== 'string') return Object.values(text as object).flatMap(names)
  return [...new Set([...text.matchAll(/\*\*(.+?)\*\*/gu)].map(([, name]) => name ?? ''))].sort()
}

// The ways around Google begin with a bold sentence, which is no name.
test.each(guides.filter(one => !one.ways))(
  'the German guide of $name uses the names of its screens',
  guide => {
    const [here, there] = [english[guide.name], german[guide.name]] as Record<string, unknown>[]
    for (const key of Object.keys(here ?? {}))
      expect([key, names(there?.[key])]).toEqual([key, names(here?.[key])])
  },
)

test('the OneLogin template takes only parameters its connector has, and the guide says where they are set', () => {
  const taken = [...guideValue('template', baseUrl).matchAll(/\{\$parameters\.(\w+)\}/gu)].map(
    ([, one]) => one,
  )
  expect(new Set(taken)).toEqual(new Set(['scimusername', 'title', 'department']))
  for (const one of taken) expect(names(english.onelogin.token)).toContain(one)
})

test('the Entra ID guide leads past the lock on the list of attributes', () => {
  const group = guides.find(one => one.name === 'entra')?.steps.find(one => one.key === 'group')
  expect(group?.copy).toEqual(['groupPath', 'attributeEditor'])
  const address = new URL(guideValue('attributeEditor', baseUrl))
  expect(address.searchParams.get('Microsoft_AAD_Connect_Provisioning_forceSchemaEditorEnabled')).toBe('true')
})

test.each([
  ['entra', 'left', 'nothing'],
  ['okta', 'suspend', 'nothing'],
  ['okta', 'delete', 'nothing'],
  ['onelogin', 'pause', 'deactivated'],
] as const)('the guide of %s warns of what one might not expect: %s', (name, key, effect) => {
  expect(guides.find(one => one.name === name)?.ends).toContainEqual([key, effect])
})

test('every guide that can send it names the extension, and Google says that it cannot', async () => {
  const silent = guides.filter(
    one => !one.attributes.some(([, ours]) => ours.endsWith('Calendly:2.0:User:group')),
  )
  expect(silent.map(one => one.name)).toEqual(['jumpcloud', 'google'])
  await show(GuideSection, { props, answer: answering(() => ({})), path: '/?guide=google' })
  expect(screen.getByText('Google Workspace cannot call Rollcall directly')).toBeTruthy()
})

test('the guide follows who called last until another is chosen, which stands in the address', async () => {
  expect(likelyGuide('OKTA')).toBe('okta')
  const given = { ...props, identityProvider: 'OKTA' }
  const { router } = await show(GuideSection, { props: given, answer: answering(() => ({})) })
  expect(screen.getByRole('tab', { selected: true }).textContent).toContain('Okta')
  await fireEvent.click(screen.getByRole('tab', { name: 'PingOne' }))
  await waitFor(() => {
    expect(router.currentRoute.value.query['guide']).toBe('pingone')
  })
  expect(screen.getByRole('tab', { selected: true }).textContent).toContain('PingOne')
})

test('the check-list ticks itself with each call, without a reload', async () => {
  let ticked: Ticked = {}
  const heardAt = ref<string | null>(null)
  const Page = defineComponent(() => () => h(GuideSection, { ...props, heardAt: heardAt.value }))
  await show(Page, { answer: answering(() => ticked) })
  const list = screen.getByRole('region', { name: 'What has arrived' })
  expect((await within(list).findByRole('status')).textContent).toBe('0 of 5')
  expect(within(list).getByText('Assign one person there.')).toBeTruthy()
  ticked = { CALLED: 'Okta SCIM Client 1.0.0', CREATED: 'Grace Hopper', DEACTIVATED: null }
  heardAt.value = new Date().toISOString()
  await waitFor(() => {
    expect(within(list).getByRole('status').textContent).toBe('3 of 5')
  })
  expect(within(list).getByText(/Grace Hopper ·/).textContent).toMatch(/1 min/)
  expect(within(list).getByText('Earlier')).toBeTruthy()
})

test('a guide is printed alone', async () => {
  let printed = 0
  window.print = () => {
    printed += 1
  }
  await show(GuideSection, { props, answer: answering(() => ({})) })
  await fireEvent.click(screen.getByRole('button', { name: 'Print' }))
  expect(printed).toBe(1)
  expect(screen.getByRole('button', { name: 'Print' }).closest('.print-alone')).toBeTruthy()
})
