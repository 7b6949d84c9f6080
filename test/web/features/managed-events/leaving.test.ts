// The editor of managed events is not left by accident.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { expect, test } from 'vitest'
import EventCreate from '#web/features/managed-events/EventCreate.vue'
import EventView from '#web/features/managed-events/EventView.vue'
import { show } from '#test/web/show.ts'

const stamp = { locked: true, own: false, editedAt: '2026-11-20T08:00:00Z', editedBy: 'Dana' }
const event = {
  __typename: 'ManagedEvent',
  id: 'E',
  name: 'Intro call',
  slug: 'intro-call',
  durationMinutes: 30,
  kind: 'ONE_ON_ONE',
  colour: '#0069ff',
  lockedSections: [],
  editable: ['LOCATION'],
  holderCount: 0,
  groups: [],
  peopleCount: 0,
  revision: 3,
  changedAt: '2026-11-20T08:00:00Z',
  changedBy: 'Dana',
  sections: {
    details: {
      ...stamp,
      content: {
        name: 'Intro call',
        durationMinutes: 30,
        kind: 'ONE_ON_ONE',
        colour: '#0069ff',
        description: '',
        capacity: null,
      },
    },
    location: { ...stamp, content: { kind: 'VIDEO', detail: '' } },
    questions: { ...stamp, content: { list: [] } },
    notifications: { ...stamp, content: { cancellationPolicy: '', reminders: [] } },
    booking: {
      ...stamp,
      content: {
        slug: 'intro-call',
        minimumNoticeMinutes: 60,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        daysAhead: 60,
      },
    },
  },
}
const open = () =>
  show(EventView, {
    path: '/managed-events/E',
    props: { event, mayEdit: true },
    answer: ({ name }) =>
      name === 'DeleteManagedEvent'
        ? { deleteManagedEvent: { __typename: 'DeleteManagedEventPayload', deletedId: 'E' } }
        : undefined,
  })
const type = (text: string) => fireEvent.update(screen.getByLabelText('Name'), text)

/** Whether closing the window would be asked about. */
function unloads(): boolean {
  const unload = new Event('beforeunload', { cancelable: true })
  dispatchEvent(unload)
  return !unload.defaultPrevented
}

test('C7: unsaved sections are asked for before another page opens and before the window closes', async () => {
  const { router } = await open()
  expect(unloads()).toBe(true)
  await type('First call')
  expect(unloads()).toBe(false)
  await router.push({ path: '/managed-events/E', query: { tab: 'assigned' } })
  expect(router.currentRoute.value.query['tab']).toBe('assigned')
  const staying = router.push('/groups')
  const question = await screen.findByRole('dialog', { name: 'Leave without saving?' })
  expect(question.textContent).toContain('1 change to Intro call would be lost.')
  await fireEvent.click(within(question).getByRole('button', { name: 'Cancel' }))
  await staying
  expect(router.currentRoute.value.path).toBe('/managed-events/E')
  const going = router.push('/groups')
  await fireEvent.click(await screen.findByRole('button', { name: 'Leave without saving' }))
  await going
  expect(router.currentRoute.value.path).toBe('/groups')
})

test('C7: what is discarded or deleted is not asked for', async () => {
  const { router } = await open()
  await type('First call')
  await fireEvent.click(screen.getByRole('button', { name: 'Discard' }))
  expect(unloads()).toBe(true)
  await type('Second call')
  expect(unloads()).toBe(false)
  await fireEvent.keyDown(screen.getByRole('button', { name: 'Actions for Intro call' }), { key: 'Enter' })
  await fireEvent.click(await screen.findByRole('menuitem', { name: 'Delete…' }))
  await fireEvent.click(await screen.findByRole('button', { name: 'Delete managed event' }))
  await waitFor(() => {
    expect(router.currentRoute.value.path).toBe('/managed-events')
  })
  expect(screen.queryByRole('dialog', { name: 'Leave without saving?' })).toBeNull()
})

test('C7: a new one is not left by accident either, and creating it is no leaving', async () => {
  const created: string[] = []
  const { router } = await show(EventCreate, {
    path: '/managed-events/new',
    props: {
      template: '',
      onCreated: (id: string) => {
        created.push(id)
        return router.push(`/managed-events/${id}`)
      },
    },
    answer: ({ name }) =>
      name === 'CreateManagedEvent'
        ? {
            createManagedEvent: {
              __typename: 'ManagedEventPayload',
              copies: 0,
              managedEvent: { id: 'E', name: 'Intro call' },
            },
          }
        : undefined,
  })
  expect(unloads()).toBe(true)
  await type('Intro call')
  expect(unloads()).toBe(false)
  void router.push('/groups')
  const question = await screen.findByRole('dialog', { name: 'Leave without saving?' })
  await fireEvent.click(within(question).getByRole('button', { name: 'Cancel' }))
  await fireEvent.click(await screen.findByRole('button', { name: 'Create managed event' }))
  await waitFor(() => {
    expect(router.currentRoute.value.path).toBe('/managed-events/E')
  })
  expect(created).toEqual(['E'])
})

test('C7: what is typed while a save is under way stays, and is the next change', async () => {
  const sinks: Parameters<NonNullable<NonNullable<Parameters<typeof show>[1]>['answer']>>[1][] = []
  const sent: unknown[] = []
  await show(EventView, {
    path: '/managed-events/E',
    props: { event, mayEdit: true },
    answer: ({ name, variables }, sink) => {
      if (name === 'UpdateManagedEvent') {
        sinks.push(sink)
        sent.push(variables['input'])
      }
      return undefined
    },
  })
  const answer = (revision: number) => {
    const managedEvent = { __typename: 'ManagedEvent', id: 'E', name: 'First call', revision }
    const payload = { __typename: 'UpdateManagedEventPayload', copies: 0, synced: 0, managedEvent, job: null }
    sinks.at(-1)?.next({ data: { updateManagedEvent: payload } })
  }
  await type('First call')
  await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => {
    expect(sinks).toHaveLength(1)
  })
  await type('Second call')
  answer(4)
  await screen.findAllByText('Saved')
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Second call')
  expect(unloads()).toBe(false)
  await fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => {
    expect(sent).toHaveLength(2)
  })
  expect(sent[1]).toMatchObject({ revision: 4, sections: { details: { name: 'Second call' } } })
})
