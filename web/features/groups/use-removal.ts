// Takes someone out of a group at once, and offers to put them back.
import { useI18n } from 'vue-i18n'
import { useCommand } from '#web/graphql/use-command.ts'
import { useUndo } from '#web/ui/use-undo.ts'
import { AddGroupMembersMutation, RemoveGroupMembersMutation } from './commands.ts'
import type { GroupMemberRow, GroupRow } from './group-row.ts'

/** `problem` is why the last removal was refused. */
export function useRemoval(group: () => GroupRow) {
  const { t } = useI18n()
  const offerUndo = useUndo()
  const removal = useCommand(RemoveGroupMembersMutation, 'removeGroupMembers')
  const back = useCommand(AddGroupMembersMutation, 'addGroupMembers')

  async function remove(member: GroupMemberRow) {
    const input = { groupId: group().id, userIds: [member.id] }
    if (!(await removal.run({ input }))) return
    offerUndo(t('groups.removed', { name: member.displayName, group: group().name }), back, { input })
  }
  return { remove, problem: removal.problem }
}
