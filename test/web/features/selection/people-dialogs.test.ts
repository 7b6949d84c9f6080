// What is asked before something happens to many people, what is said afterwards, and taking it back.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import EventAssign from '#web/features/selection/EventAssign.vue'
import GroupJoin from '#web/features/selection/GroupJoin.vue'
import InviteAgain from '#web/features/selection/InviteAgain.vue'
import RoleGive from '#web/features/selection/RoleGive.vue'
import { addressesOf, byRole } from '#web/features/selection/chosen-people.ts'
import { peopleActions } from '#web/features/selection/people-actions.ts'
import { show } from '#test/web/show.ts'

const person = (id: string, rest: object = {}) => ({
  id, displayName: `Person ${id}`, userName: `${id}@example.com`, email: null, status: 'ACTIVE', role: 'USER' as const, ...rest,
}) // prettier-ignore
const organization = (fields: object) => ({
  organization: { __typename: 'Organization', id: 'O', ...fields },
})

test('joining a group names the numbers and who is left out, and is taken back for those who were not there', async () => {
  const sent: [string, unknown][] = []
  await show(GroupJoin, {
    props: { people: [person('a'), person('b'), person('c'), person('d', { status: 'DELETED' })] },
    answer: ({ name, variables }) => {
      if (name === 'GroupsForPeople')
        return organization({ groups: { nodes: [{ __typename: 'Group', id: 'G', name: 'Sales' }] } })
      if (name === 'GroupMembersPreview')
        return organization({ previewGroupMembers: { joining: 1, present: 1, unknownUserIds: ['c', 'd'] } })
      sent.push([name, variables['input']])
      if (name === 'JoinGroup')
        return { addGroupMembers: { __typename: 'GroupPayload', moved: 1, givenUserIds: ['a'] } }
      return { removeGroupMembers: { __typename: 'GroupPayload', moved: 1 } }
    },
  })
  await fireEvent.click(await screen.findByRole('button', { name: 'Sales' }))
  await screen.findByText('1 person joins Sales.')
  screen.getByText('1 person is there already.')
  screen.getByText('2 people are left out')
  screen.getByText('Person c')
  await fireEvent.click(screen.getByRole('button', { name: 'Add to group' }))
  await fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await screen.findByText('Taken back')
  expect(sent).toEqual([
    ['JoinGroup', { groupId: 'G', userIds: ['a', 'b'] }],
    ['LeaveGroup', { groupId: 'G', userIds: ['a'] }],
  ])
})

test('roles change for those who have another one; whoever the server passed over is listed; taken back role by role', async () => {
  const sent: unknown[] = []
  await show(RoleGive, {
    props: {
      ownId: 'me',
      people: [
        person('a'),
        person('b', { role: 'GROUP_ADMIN' }),
        person('c', { role: 'ADMIN' }),
        person('boss', { role: 'OWNER' }),
        person('me', { role: 'ADMIN' }),
      ],
    },
    answer: ({ variables }) => {
      const input = variables['input'] as { userIds: string[]; role: string }
      sent.push(input)
      const first = sent.length === 1
      const changed = first
        ? [{ id: 'a', before: 'USER' }]
        : input.userIds.map(id => ({ id, before: 'ADMIN' }))
      const gone = {
        id: 'b',
        displayName: null,
        message: 'Not in this organization (any more). Reload the list.',
      }
      const passedOver = first ? [gone] : []
      return { changeUserRoles: { __typename: 'ChangeUserRolesPayload', changed, passedOver } }
    },
  })
  await fireEvent.click(await screen.findByRole('button', { name: /^Admin/ }))
  screen.getByText('2 people become admins.')
  screen.getByText('1 person has this role already.')
  screen.getByText('2 people are left out')
  await fireEvent.click(screen.getByRole('button', { name: 'Change role' }))
  await screen.findByText('1 person is an admin now')
  screen.getByText('Nothing was done for 1 person')
  screen.getByText('Person b')
  await fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
  await screen.findByText('Taken back')
  expect(sent).toEqual([
    { userIds: ['a', 'b'], role: 'ADMIN' },
    { userIds: ['a'], role: 'USER' },
  ])
})

test('a managed event is assigned with who gains, and taken back from whom it was new', async () => {
  const sent: [string, unknown][] = []
  await show(EventAssign, {
    props: { people: [person('a'), person('b'), person('c')] },
    answer: ({ name, variables }) => {
      if (name === 'EventsForPeople')
        return organization({
          managedEvents: { nodes: [{ __typename: 'ManagedEvent', id: 'E', name: 'Intro' }] },
        })
      if (name === 'EventForPeoplePreview')
        return organization({ previewManagedEventAssignment: { gain: 2, returning: 0, slugClashes: 1 } })
      sent.push([name, variables['input']])
      if (name === 'AssignToPeople')
        return {
          assignManagedEvent: { __typename: 'ManagedEventPayload', copies: 2, assignedUserIds: ['a', 'b'] },
        }
      return { unassignManagedEvent: { __typename: 'ManagedEventPayload', copies: 2 } }
    },
  })
  await fireEvent.click(await screen.findByRole('button', { name: 'Intro' }))
  await screen.findByText('2 people get a copy.')
  screen.getByText('1 person has it already.')
  await fireEvent.click(screen.getByRole('button', { name: 'Assign' }))
  await fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => {
    expect(sent).toEqual([
      ['AssignToPeople', { id: 'E', userIds: ['a', 'b', 'c'] }],
      ['UnassignFromPeople', { id: 'E', userIds: ['a', 'b'] }],
    ])
  })
})

test('a refusal stays in the dialog with the reason, and nothing is closed', async () => {
  await show(InviteAgain, {
    props: { people: [person('a', { status: 'PENDING' }), person('b')] },
    answer: () => ({
      resendInvitations: {
        __typename: 'ForbiddenError',
        message: 'You may not do this.',
        code: 'actor/not-permitted',
      },
    }),
  })
  await screen.findByText('1 person gets a new link.')
  screen.getByText(/Is not pending/)
  await fireEvent.click(screen.getByRole('button', { name: 'Send again' }))
  expect((await screen.findByRole('alert')).textContent).toContain('You may not do this.')
})

const may = { manageUsers: true, manageGroups: true, manageEvents: true, groups: true, managedEvents: true }

test.each([
  ['active', ['join', 'role', 'event', 'copy', 'export']],
  ['pending', ['again', 'join', 'role', 'event', 'copy', 'export']],
  ['deactivated', ['join', 'role', 'event', 'copy', 'export']],
  ['deleted', ['copy', 'export']],
])('under %s these actions are offered', (tab, wanted) => {
  expect(peopleActions(tab, may).map(({ action }) => action)).toEqual(wanted)
})

test('what the plan lacks, or only admins may, says why', () => {
  const reasons = (rest: object) =>
    Object.fromEntries(
      peopleActions('active', { ...may, ...rest }).map(({ action, reason }) => [action, reason]),
    )
  expect(reasons({ groups: false })['join']).toBe('selection.reasons.groups')
  expect(reasons({ managedEvents: false })['event']).toBe('selection.reasons.events')
  expect(reasons({ manageUsers: false })['role']).toBe('selection.reasons.admins')
})

test('addresses are told once each, and people without one are left out', () => {
  const people = [
    person('a'),
    person('b', { email: 'a@example.com' }),
    person('c', { userName: 'no-address' }),
  ]
  expect(addressesOf(people)).toEqual(['a@example.com'])
})

test('people are given back their roles in lots', () => {
  expect(byRole([{ id: 'a', before: 'USER' }, { id: 'b', before: 'ADMIN' }, { id: 'c', before: 'USER' }])).toEqual([
    ['USER', ['a', 'c']],
    ['ADMIN', ['b']],
  ]) // prettier-ignore
})
