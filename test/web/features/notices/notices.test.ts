// The bell and the banner: the most urgent first, put away by oneself, with the way to where it is mended.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import NoticeBanner from '#web/features/notices/NoticeBanner.vue'
import NoticeBell from '#web/features/notices/NoticeBell.vue'
import NoticePanel from '#web/features/notices/NoticePanel.vue'
import { isOpen, openNotices, type Notice } from '#web/features/notices/notice-look.ts'
import { provideNotices } from '#web/features/notices/use-notices.ts'
import { show } from '#test/web/show.ts'

const day = 86_400_000
const inDays = (days: number): string => new Date(Date.now() + days * day + 60_000).toISOString()
const notice = (id: string, changes: Partial<Notice> = {}): Notice => ({
  id,
  kind: 'SCIM_TOKEN',
  subjectName: 'Okta',
  daysBefore: 7,
  noticedAt: inDays(-1),
  expiresAt: inDays(6),
  beganAt: null,
  resolvedAt: null,
  dismissedAt: null,
  ...changes,
})

const Frame = (allowed: boolean) =>
  defineComponent(() => {
    provideNotices(() => allowed)
    return () => [h(NoticeBanner), h(NoticeBell), h(NoticePanel)]
  })

function server(notices: Notice[], undelivered: object[] = []) {
  const asked: string[] = []
  let now = notices
  return {
    asked,
    answer: ({ name, variables }: { name: string; variables: Record<string, unknown> }) => {
      asked.push(name)
      if (name === 'Notices') return { organization: { id: 'O', notices: { nodes: now } } }
      if (name === 'Undelivered') return { organization: { id: 'O', undeliveredMails: undelivered } }
      if (name === 'OpenNotices') return { openNotices: now.filter(isOpen).length }
      if (name !== 'DismissNotice') return undefined
      const { id } = variables['input'] as { id: string }
      now = now.map(each => (each.id === id ? { ...each, dismissedAt: inDays(0) } : each))
      const payload = { id, dismissedAt: inDays(0) }
      return { dismissNotice: { __typename: 'DismissNoticePayload', notice: payload } }
    },
  }
}

const certificate = notice('C', { kind: 'CERTIFICATE', daysBefore: 0, expiresAt: inDays(-1) })
const settled = notice('S', { subjectName: 'Old', daysBefore: 1, resolvedAt: inDays(-30) })

test('the banner tells the most urgent of what is open, and how much more there is', async () => {
  const { answer } = server([notice('T'), certificate, settled])
  await show(Frame(true), { answer })
  const banner = await screen.findByRole('status')
  expect(banner.textContent).toContain('The certificate of your identity provider has expired.')
  expect(within(banner).getByRole('link', { name: 'Open Single sign-on' }).getAttribute('href')).toBe(
    '/login/single-sign-on',
  )
  expect(within(banner).getByRole('button', { name: '1 more' })).toBeTruthy()
  await fireEvent.click(within(banner).getByRole('button', { name: /^Dismiss: The certificate/ }))
  await waitFor(() => {
    expect(screen.getByRole('status').textContent).toContain('The SCIM token “Okta” expires in 6 days.')
  })
  expect(screen.queryByRole('button', { name: /more$/ })).toBeNull()
})

test('the bell counts what is open and shows it with what was said before', async () => {
  const { answer } = server([notice('T'), settled])
  await show(Frame(true), { answer })
  await fireEvent.click(await screen.findByRole('button', { name: 'Notices, 1 open' }))
  const list = await screen.findByRole('dialog', { name: 'Notices' })
  await within(list).findByText('The SCIM token “Okta” expires in 6 days.')
  expect(within(list).getByText('The SCIM token “Old” expires in 1 day.')).toBeTruthy()
  expect(within(list).getByText('Settled')).toBeTruthy()
  expect(within(list).getAllByRole('link')[0]?.getAttribute('href')).toBe('/login/provisioning')
  await fireEvent.click(within(list).getByRole('button', { name: /^Dismiss/ }))
  await within(list).findByText('Nothing needs you.')
  expect(within(list).getByText('Dismissed')).toBeTruthy()
  expect(document.activeElement?.textContent.trim()).toBe('Open')
  expect(screen.queryByRole('status')).toBeNull()
})

test('the list tells which mail did not arrive, and why', async () => {
  const mail = { id: 'M', recipient: 'ada@example.com', subject: 'The token ends', createdAt: inDays(-1) }
  const { answer } = server([], [{ ...mail, failure: 'No such mailbox', givenUpAt: inDays(0) }])
  await show(Frame(true), { answer })
  await fireEvent.click(await screen.findByRole('button', { name: 'Notices, none open' }))
  const list = await screen.findByRole('dialog', { name: 'Notices' })
  await within(list).findByText('No such mailbox')
  expect(within(list).getByText('ada@example.com')).toBeTruthy()
  expect(within(list).getByText('Given up')).toBeTruthy()
})

test('who may not see notices asks for none', async () => {
  const one = server([notice('T')])
  await show(Frame(false), { answer: one.answer })
  expect([one.asked, screen.queryByRole('status')]).toEqual([[], null])
})

const lasting = { daysBefore: null, expiresAt: null, beganAt: inDays(-3) }
const silent = notice('Q', { kind: 'SILENCE', subjectName: 'Entra ID', ...lasting })
const full = notice('F', { kind: 'SEATS_FULL', subjectName: '1200', ...lasting, beganAt: inDays(-2) })
const low = notice('L', { kind: 'SEATS_LOW', subjectName: '1200', ...lasting })

test('what lasts is told with what follows from it: a silent provider, no seats, few seats', async () => {
  const { answer } = server([low, full, silent, notice('T')])
  await show(Frame(true), { answer })
  const banner = await screen.findByRole('status')
  expect(banner.textContent).toContain('Entra ID has not called for longer than usual.')
  expect(banner.textContent).toContain('Nobody loses access, but changes do not arrive.')
  expect(within(banner).getByRole('link').getAttribute('href')).toBe('/')
  await fireEvent.click(screen.getByRole('button', { name: 'Notices, 4 open' }))
  const list = await screen.findByRole('dialog', { name: 'Notices' })
  const items = await within(list).findAllByRole('listitem')
  expect(items.map(item => item.querySelector('p')?.textContent)).toEqual([
    'Entra ID has not called for longer than usual.',
    'All 1,200 seats are taken.',
    'The SCIM token “Okta” expires in 6 days.',
    'At least 90 % of your 1,200 seats are taken.',
  ])
  expect(items.map(item => within(item).getByRole('link').getAttribute('href'))).toEqual([
    '/',
    '/billing',
    '/login/provisioning',
    '/billing',
  ])
})

test('what ended comes first, then what ends soonest', () => {
  const ids = openNotices([notice('T'), notice('A', { expiresAt: inDays(1) }), settled, certificate])
  expect(ids.map(each => each.id)).toEqual(['C', 'A', 'T'])
})
