// Dialogs of a group: adding people, and what goes when it is deleted.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import GroupDelete from '#web/features/groups/GroupDelete.vue'
import MembersAdd from '#web/features/groups/MembersAdd.vue'
import { show } from '#test/web/show.ts'

const group = {
  __typename: 'Group',
  id: 'G',
  name: 'Sales',
  pushed: false,
  manageable: true,
  admins: [],
  managedEvents: [],
}

test('people are searched, picked and added in one go', async () => {
  const added: unknown[] = []
  await show(MembersAdd, {
    props: { group, open: true },
    answer: ({ name, variables }) => {
      if (name === 'AddGroupMembers') {
        added.push(variables['input'])
        return {
          addGroupMembers: { __typename: 'GroupPayload', moved: 1, group: { __typename: 'Group', id: 'G' } },
        }
      }
      const candidates = [{ __typename: 'PersonName', id: 'U', displayName: 'Ada Byron', userName: 'ada' }]
      return { node: { __typename: 'Group', id: 'G', candidates } }
    },
  })
  const add = await screen.findByRole<HTMLButtonElement>('button', { name: 'Add people' })
  expect(add.disabled).toBe(true)
  await fireEvent.click(await screen.findByRole('checkbox'))
  await fireEvent.click(await screen.findByRole('button', { name: 'Add 1 person' }))
  await waitFor(() => {
    expect(added).toEqual([{ groupId: 'G', userIds: ['U'] }])
  })
})

test('a group that people are in wants its name typed, and names what goes with it', async () => {
  const deletion = {
    __typename: 'GroupDeletion',
    members: 12,
    admins: 0,
    managedEvents: 1,
    copiesLost: 7,
    isDefaultGroup: false,
    mappingRows: 2,
  }
  await show(GroupDelete, {
    props: { group, open: true },
    answer: () => ({ node: { __typename: 'Group', id: 'G', deletion } }),
  })
  await screen.findByText('12 people leave the group.')
  screen.getByText('2 rows of the mapping go.')
  screen.getByText(/7 copies of managed events are lost/)
  const action = screen.getByRole<HTMLButtonElement>('button', { name: 'Delete group and 2 rows' })
  expect(action.disabled).toBe(true)
  await fireEvent.update(screen.getByLabelText('Type Sales to confirm'), 'Sales')
  expect(action.disabled).toBe(false)
})
