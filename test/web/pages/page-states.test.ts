// What the pages of group provisioning say to those who may not see them, whose plan lacks them, and when they fail.
import { fireEvent, screen } from '@testing-library/vue'
import { defineComponent, h, type Component } from 'vue'
import { describe, expect, test } from 'vitest'
import { provideJobs } from '#web/features/jobs/use-jobs.ts'
import GroupPage from '#web/pages/GroupPage.vue'
import GroupsPage from '#web/pages/GroupsPage.vue'
import ManagedEventNewPage from '#web/pages/ManagedEventNewPage.vue'
import ManagedEventPage from '#web/pages/ManagedEventPage.vue'
import ManagedEventsPage from '#web/pages/ManagedEventsPage.vue'
import MappingPage from '#web/pages/MappingPage.vue'
import { show } from '#test/web/show.ts'

const Mapping = defineComponent(() => {
  provideJobs(() => false)
  return () => h(MappingPage)
})
const pages: [name: string, page: Component, props?: { id: string }][] = [
  ['Groups', GroupsPage],
  ['one group', GroupPage, { id: 'G' }],
  ['Managed events', ManagedEventsPage],
  ['one managed event', ManagedEventPage, { id: 'E' }],
  ['a new managed event', ManagedEventNewPage],
  ['Map to groups', Mapping],
]
const everything = [
  ...['manageProvisioning', 'manageUsers', 'manageApiKeys', 'readProvisioningLog', 'restoreUsers'],
  ...['readMappings', 'manageMappings', 'readGroups', 'manageGroups'],
  ...['readManagedEvents', 'manageManagedEvents'],
]

/** Who looks: by default an owner whose plan has everything. */
function viewer({ may = true, has = true } = {}) {
  const entitlements = { scim: has, groups: has, managedEvents: has, managedEventLocks: has }
  return {
    viewer: {
      kind: 'PERSON',
      user: { id: 'U', displayName: 'Ada', email: 'ada@example.com', role: may ? 'OWNER' : 'USER' },
      organization: { id: 'O', name: 'Engines', entitlements },
      permissions: Object.fromEntries(everything.map(name => [name, may])),
    },
  }
}

const refusal = [{ message: 'You may not read this.' }] as never

describe('C: a page', () => {
  test.each(pages)('is not for everybody: %s', async (_name, page, props) => {
    await show(page, {
      ...(props ? { props } : {}),
      answer: ({ name }, sink) => {
        if (name === 'Viewer') return viewer({ may: false })
        sink.next({ errors: refusal })
        return undefined
      },
    })
    await screen.findByText('This page is for owners and admins')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('names whom to ask, when there is somebody', async () => {
    const own = viewer({ may: false })
    await show(GroupsPage, { answer: () => ({ viewer: { ...own.viewer, contact: 'Dana Silva' } }) })
    await screen.findByText(/^Ask an owner or admin of your organization, such as Dana Silva, /)
  })

  test.each(pages)('says what the plan lacks, whatever the address: %s', async (_name, page, props) => {
    const mapping = { rows: [], seen: { totalCount: 0 } }
    await show(page, {
      ...(props ? { props } : {}),
      answer: ({ name }) => {
        if (name === 'Viewer') return viewer({ has: false })
        const entitlements = { scim: true, groups: false }
        return { node: null, organization: { id: 'O', entitlements, groupMapping: mapping } }
      },
    })
    await screen.findByText('Not part of your plan')
    screen.getByText(/^Your plan has no .* to switch on “(groups|managedEvents)”\.$/)
    expect(screen.getByRole('link', { name: 'See what is part of your plan' })).toHaveProperty(
      'pathname',
      '/billing',
    )
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('shows the way to the plan to nobody who may not see it', async () => {
    const own = viewer({ has: false })
    const permissions = { ...own.viewer.permissions, manageUsers: false }
    await show(GroupsPage, { answer: () => ({ viewer: { ...own.viewer, permissions } }) })
    await screen.findByText('Not part of your plan')
    expect(screen.queryByRole('link', { name: 'See what is part of your plan' })).toBeNull()
  })

  test('says to a group admin that a group is not theirs, instead of trying again', async () => {
    await show(GroupPage, {
      props: { id: 'G' },
      answer: ({ name }, sink) => {
        if (name === 'Viewer') return viewer()
        const extensions = { code: 'actor/not-permitted' }
        sink.next({ errors: [{ message: 'You may not see this.', extensions }] as never })
        return undefined
      },
    })
    await screen.findByText('This is not one of your groups')
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  })

  const failing = pages.filter(([, page]) => page !== ManagedEventNewPage)
  test.each(failing)('says what failed and tries again: %s', async (_name, page, props) => {
    let asked = 0
    await show(page, {
      ...(props ? { props } : {}),
      answer: ({ name }, sink) => {
        if (name === 'Viewer') return viewer()
        asked += 1
        sink.next({ errors: [{ message: 'The server is away.' }] as never })
        return undefined
      },
    })
    expect((await screen.findByRole('alert')).textContent).toContain('The server is away.')
    const before = asked
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(asked).toBeGreaterThan(before)
  })
})
