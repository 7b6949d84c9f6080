// Takes someone out of a group at once, and offers to put them back.
import { useI18n } from 'vue-i18n'
import { useCommand } from '#web/graphql/use-command.ts'
import { useOptimistic } from '#web/graphql/use-optimistic.ts'
import { useUndo } from '#web/ui/use-undo.ts'
import { AddGroupMembersMutation, RemoveGroupMembersMutation } from './commands.ts'
import type { GroupMemberRow, GroupRow } from './group-row.ts'

/** The key of somebody's place in a group. */
export function placeKey(groupId: string, userId: string): string {
  return `${groupId} ${userId}`
}

export function useRemoval(group: () => GroupRow) {
  const { t } = useI18n()
  const offerUndo = useUndo()
  const removal = useOptimistic(RemoveGroupMembersMutation, 'removeGroupMembers')
  const back = useCommand(AddGroupMembersMutation, 'addGroupMembers')

  return (member: GroupMemberRow) => {
    const { id: groupId, name } = group()
    const input = { groupId, userIds: [member.id] }
    const named = { name: member.displayName, group: name }
    return removal.run({
      variables: { input },
      key: placeKey(groupId, member.id),
      changes: { gone: true },
      undone: t('groups.notRemoved', named),
      granted: () => {
        offerUndo(t('groups.removed', named), back, { input })
      },
    })
  }
}
