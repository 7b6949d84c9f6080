// What can be taken back is done at once and offers "Undo"; what cannot is asked about, with the focus on Cancel.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import GroupAdmins from '#web/features/groups/GroupAdmins.vue'
import GroupNameDialog from '#web/features/groups/GroupNameDialog.vue'
import MembersAdd from '#web/features/groups/MembersAdd.vue'
import UserActions from '#web/features/users/UserActions.vue'
import ConfirmDialog from '#web/ui/ConfirmDialog.vue'
import { show } from '#test/web/show.ts'

type Asked = { name: string; input: unknown }[]

const admins = ['A', 'B'].map(id => ({ id, displayName: `Admin ${id}`, userName: `${id}@example.com` }))
const group = { __typename: 'Group', id: 'G', name: 'Sales', pushed: false, manageable: true, admins }
const payloads: Record<string, object> = {
  SetGroupAdmins: { setGroupAdmins: { __typename: 'GroupPayload', group: { id: 'G' } } },
  RenameGroup: { renameGroup: { __typename: 'GroupPayload', group: { id: 'G', name: 'x' } } },
  AddGroupMembers: { addGroupMembers: { __typename: 'GroupPayload', moved: 1, group: { id: 'G' } } },
  RemoveGroupMembers: { removeGroupMembers: { __typename: 'GroupPayload', moved: 1, group: { id: 'G' } } },
  DeactivateUser: { deactivateUser: { __typename: 'UserPayload', user: { id: 'U', status: 'DEACTIVATED' } } },
  ReactivateUser: { reactivateUser: { __typename: 'UserPayload', user: { id: 'U', status: 'ACTIVE' } } },
  ChangeUserRole: { changeUserRole: { __typename: 'UserPayload', user: { id: 'U', role: 'ADMIN' } } },
}
const candidates = [{ __typename: 'PersonName', id: 'P', displayName: 'Pat', userName: 'pat' }]

/** Notes each command and answers that it worked; the second of a name is refused where a refusal is given. */
function server(asked: Asked, refusals: Record<string, string> = {}) {
  return ({ name, variables }: { name: string; variables: Record<string, unknown> }) => {
    const payload = payloads[name]
    if (!payload) return { node: { ...group, candidates } }
    asked.push({ name, input: variables['input'] })
    const again = asked.filter(one => one.name === name).length > 1
    const message = again ? refusals[name] : undefined
    if (message === undefined) return payload as Record<string, unknown>
    return { [Object.keys(payload)[0] ?? '']: { __typename: 'ConflictError', message, code: 'x/y' } }
  }
}
const undo = async () => fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))

test('taking somebody off the group admins can be undone', async () => {
  const asked: Asked = []
  await show(GroupAdmins, { props: { group, mayChange: true }, answer: server(asked) })
  await fireEvent.click(screen.getByRole('button', { name: 'Take Admin A off the group admins' }))
  await undo()
  await screen.findByText('Taken back')
  expect(asked.map(({ input }) => input)).toEqual([
    { groupId: 'G', userIds: ['B'] },
    { groupId: 'G', userIds: ['A', 'B'] },
  ])
})

test('a new name can be undone, and a refused undoing says why', async () => {
  const asked: Asked = []
  const answer = server(asked, { RenameGroup: 'Another group is called Sales now.' })
  await show(GroupNameDialog, { props: { group, open: true }, answer })
  await fireEvent.update(await screen.findByLabelText('Name'), 'Selling')
  await fireEvent.submit(document.querySelector('form')!)
  await undo()
  await screen.findByText('This could not be taken back')
  screen.getByText('Another group is called Sales now.')
  expect(asked.map(({ input }) => input)).toEqual([
    { id: 'G', name: 'Selling' },
    { id: 'G', name: 'Sales' },
  ])
})

test('adding people can be undone', async () => {
  const asked: Asked = []
  await show(MembersAdd, { props: { group, open: true }, answer: server(asked) })
  await fireEvent.click(await screen.findByRole('checkbox'))
  await fireEvent.click(await screen.findByRole('button', { name: 'Add 1 person' }))
  await undo()
  await waitFor(() => {
    expect(asked.map(({ name }) => name)).toEqual(['AddGroupMembers', 'RemoveGroupMembers'])
  })
  expect(asked[1]?.input).toEqual({ groupId: 'G', userIds: ['P'] })
})

test('deactivating somebody can be undone', async () => {
  const asked: Asked = []
  const user = { id: 'U', displayName: 'Ada', userName: 'ada', status: 'ACTIVE', role: 'USER' }
  const rules = { enforced: false, manageUsers: true, restoreUsers: true, viewerIsOwner: false }
  await show(UserActions, { props: { user, rules }, answer: server(asked) })
  await fireEvent.click(screen.getByRole('button', { name: 'Deactivate' }))
  const dialog = await screen.findByRole('dialog')
  await fireEvent.submit(dialog.querySelector('form')!)
  await undo()
  await waitFor(() => {
    expect(asked).toEqual([
      { name: 'DeactivateUser', input: { id: 'U' } },
      { name: 'ReactivateUser', input: { id: 'U' } },
    ])
  })
})

test.each([undefined, 'Acme'])('a question begins with the focus on Cancel (typed name: %s)', async typed => {
  const question = { title: 'Delete?', text: 'For good.', action: 'Delete it', danger: true, typed }
  await show(ConfirmDialog, { props: { open: true, question } })
  const cancel = await screen.findByRole('button', { name: 'Cancel' })
  await waitFor(() => {
    expect(document.activeElement).toBe(cancel)
  })
})
