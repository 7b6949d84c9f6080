// What the server nearly always grants shows at once; refused or unanswered, it comes back where it is seen.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import DeviationSection from '#web/features/deviations/DeviationSection.vue'
import GroupAdmins from '#web/features/groups/GroupAdmins.vue'
import GroupMembers from '#web/features/groups/GroupMembers.vue'
import NoticeBanner from '#web/features/notices/NoticeBanner.vue'
import { provideNotices } from '#web/features/notices/use-notices.ts'
import UserDrawer from '#web/features/users/UserDrawer.vue'
import { giveLayout } from '#test/web/layout.ts'
import { show } from '#test/web/show.ts'

type Answer = NonNullable<Parameters<typeof show>[1]>['answer']
type Sink = Parameters<NonNullable<Answer>>[1]

/** A server that answers what is read, and holds back what it is told to do until the test decides. */
function slowServer(read: Record<string, () => Record<string, unknown>>) {
  const held: { name: string; input: unknown; sink: Sink }[] = []
  return {
    held,
    answer: ({ name, variables }: { name: string; variables: Record<string, unknown> }, sink: Sink) => {
      if (name in read) return read[name]?.()
      if ('input' in variables) held.push({ name, input: variables['input'], sink })
      return undefined
    },
    refuse(field: string, message = 'Not today.') {
      held.at(-1)?.sink.next({ data: { [field]: { __typename: 'ConflictError', message, code: 'x/y' } } })
    },
    grant(field: string, payload: object) {
      held.at(-1)?.sink.next({ data: { [field]: payload } })
    },
  }
}

const time = '2026-11-20T08:00:00.000Z'
const ada = {
  ...{
    __typename: 'User',
    id: 'U',
    displayName: 'Ada Byron',
    userName: 'ada',
    email: null,
    status: 'ACTIVE',
  },
  ...{ role: 'USER', linked: true, userNameIsEmail: true, identityProviderGroups: [], lastModified: time },
  ...{ createdAt: time, deactivatedAt: null, deletedAt: null, purgeAt: null, invitation: null, scimId: 'u' },
  ...{ externalId: null, title: null, department: null, givenName: null, familyName: null, seat: true },
  ...{ provisionedAt: time, activatedAt: time, lastSignInAt: null, version: 'W/"1"', scim: {} },
  provisioningEvents: { totalCount: 0, nodes: [] },
}
const rules = { enforced: false, manageUsers: true, restoreUsers: true, viewerIsOwner: false }

async function openAda() {
  let status = 'ACTIVE'
  const server = slowServer({ UserDetail: () => ({ node: { ...ada, status } }) })
  await show(UserDrawer, { props: { id: 'U', rules }, answer: server.answer })
  const deactivate = async () => {
    await fireEvent.click(await screen.findByRole('button', { name: 'Deactivate' }))
    await fireEvent.submit((await screen.findByRole('dialog')).querySelector('form')!)
  }
  const setStatus = (next: string) => {
    status = next
  }
  return { server, deactivate, setStatus }
}
const header = () => document.querySelector<HTMLElement>('h2')!.parentElement!

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
})
afterEach(() => {
  // What waits to be seen by one test is nothing to the next.
  vi.advanceTimersByTime(60_000)
  vi.useRealTimers()
})

test('a person is deactivated at once, and active again when the server refuses, with why and a second try', async () => {
  const { server, deactivate } = await openAda()
  await deactivate()
  await within(header()).findByText('Deactivated')
  expect([header().getAttribute('aria-busy'), header().className]).toEqual([
    'true',
    expect.stringContaining('opacity-60'),
  ])
  expect(screen.getByRole('button', { name: 'Reactivate' }).getAttribute('aria-disabled')).toBe('true')

  server.refuse('deactivateUser', 'Seats are being counted.')
  await screen.findByText('Ada Byron was not deactivated')
  screen.getByText('Seats are being counted.')
  within(header()).getByText('Active')
  expect(header().className).toContain('bg-warning/15')
  expect(header().hasAttribute('aria-busy')).toBe(false)

  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await within(header()).findByText('Deactivated')
  expect(server.held.map(({ name, input }) => [name, input])).toEqual([
    ['DeactivateUser', { id: 'U' }],
    ['DeactivateUser', { id: 'U' }],
  ])
})

test('what was granted stays until it is read again, and then what is read counts', async () => {
  const { server, deactivate, setStatus } = await openAda()
  await deactivate()
  await within(header()).findByText('Deactivated')
  // Somebody else brought her back in between.
  setStatus('PENDING')
  server.grant('deactivateUser', { __typename: 'UserPayload', user: { id: 'U', status: 'DEACTIVATED' } })
  await within(header()).findByText('Pending')
  await screen.findByRole('button', { name: 'Undo' })
})

test('a server that does not answer takes it back as well', async () => {
  const { deactivate } = await openAda()
  await deactivate()
  await within(header()).findByText('Deactivated')
  await vi.advanceTimersByTimeAsync(15_000)
  await screen.findByText('No answer yet, so this may or may not be done')
  expect(screen.queryByText('Ada Byron was not deactivated')).toBeNull()
  within(header()).getByText('Active')
  await vi.advanceTimersByTimeAsync(4_000)
  expect(header().className).not.toContain('bg-warning')
})

const admins = ['A', 'B'].map(id => ({ id, displayName: `Admin ${id}`, userName: `${id}@example.com` }))
const group = { __typename: 'Group', id: 'G', name: 'Sales', pushed: false, manageable: true, admins }

test('a group admin is struck out at once; the next waits, and a refusal brings the name back', async () => {
  const server = slowServer({})
  await show(GroupAdmins, { props: { group, mayChange: true }, answer: server.answer })
  await fireEvent.click(screen.getByRole('button', { name: 'Take Admin A off the group admins' }))
  expect(screen.getByText('Admin A').className).toContain('line-through')
  await fireEvent.click(screen.getByRole('button', { name: 'Take Admin B off the group admins' }))
  expect(server.held.map(({ input }) => input)).toEqual([{ groupId: 'G', userIds: ['B'] }])
  server.refuse('setGroupAdmins')
  await screen.findByText('Admin A is still group admin of Sales')
  expect(screen.getByText('Admin A').className).not.toContain('line-through')
  expect(screen.getByText('Admin A').closest('li')?.className).toContain('bg-warning/15')
})

const member = {
  ...{ id: 'U', displayName: 'Ada Byron', userName: 'ada', email: null, status: 'ACTIVE', joinedAt: time },
  ...{ sources: [{ kind: 'MANUAL', value: null }], lockedReason: null },
}

test('a member is struck out at once, once, and comes back when the server refuses', async () => {
  giveLayout({ width: 1200 })
  const members = { totalCount: 1, nodes: [member] }
  const server = slowServer({ GroupMembers: () => ({ node: { __typename: 'Group', id: 'G', members } }) })
  await show(GroupMembers, { props: { group, mayOpen: false }, answer: server.answer })
  const out = await screen.findByRole('button', { name: /Ada Byron/ })
  await Promise.all([fireEvent.click(out), fireEvent.click(out)])
  const row = screen.getByText('Ada Byron').closest<HTMLElement>('[role=row]')!
  expect([server.held.length, row.getAttribute('aria-busy')]).toEqual([1, 'true'])
  expect(screen.getByText('Ada Byron').className).toContain('line-through')
  expect(within(row).queryByRole('button')).toBeNull()
  server.refuse('removeGroupMembers')
  await screen.findByText('Ada Byron was not taken out of Sales')
  expect(screen.getByText('Ada Byron').className).not.toContain('line-through')
  expect(row.className).toContain('bg-warning/15')
})

test('a switch turns at once, and back when the server refuses', async () => {
  const one = {
    __typename: 'ToleratedDeviation',
    id: 'two-primaries',
    sentence: 'Two.',
    rfc: 'RFC',
    uses: [],
  }
  const provisioning = { __typename: 'Provisioning', toleratedDeviations: [{ ...one, strict: true }] }
  const organization = { __typename: 'Organization', id: 'O', provisioning }
  const server = slowServer({ Deviations: () => ({ organization }) })
  await show(DeviationSection, { props: { strict: false }, answer: server.answer })
  const turn = await screen.findByRole('switch')
  const isOn = () => turn.getAttribute('aria-checked')
  expect(isOn()).toBe('false')
  await fireEvent.click(turn)
  await waitFor(() => {
    expect([isOn(), turn.closest('li')?.getAttribute('aria-busy')]).toEqual(['true', 'true'])
  })
  server.refuse('configureDeviation')
  await screen.findByText('two-primaries is still refused')
  expect(isOn()).toBe('false')
})

test('a notice goes at once and is back when the server refuses', async () => {
  const notice = {
    ...{ id: 'N', kind: 'SILENCE', subjectName: 'Okta', daysBefore: null, noticedAt: time, expiresAt: null },
    ...{ beganAt: time, resolvedAt: null, dismissedAt: null },
  }
  const server = slowServer({
    Notices: () => ({ organization: { id: 'O', notices: { nodes: [notice] } } }),
    OpenNotices: () => ({ openNotices: 1 }),
  })
  const Frame = defineComponent(() => {
    provideNotices(() => true)
    return () => h(NoticeBanner)
  })
  await show(Frame, { answer: server.answer })
  await fireEvent.click(await screen.findByRole('button', { name: /^Dismiss/ }))
  expect(screen.queryByText(/has not called/)).toBeNull()
  server.refuse('dismissNotice')
  await screen.findByText('The notice was not dismissed')
  expect(screen.getByText(/has not called/).closest('[role=status]')?.className).toContain('bg-warning/15')
})
