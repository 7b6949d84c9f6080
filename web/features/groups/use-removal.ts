// Takes someone out of a group at once, and offers to put them back.
import { useToast } from '@nuxt/ui/composables/useToast'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCommand } from '#web/graphql/use-command.ts'
import { AddGroupMembersMutation, RemoveGroupMembersMutation } from './commands.ts'
import type { GroupMemberRow, GroupRow } from './group-row.ts'

/** `problem` is why the last removal, or its undoing, was refused. */
export function useRemoval(group: () => GroupRow) {
  const { t } = useI18n()
  const toast = useToast()
  const removal = useCommand(RemoveGroupMembersMutation, 'removeGroupMembers')
  const back = useCommand(AddGroupMembersMutation, 'addGroupMembers')

  async function remove(member: GroupMemberRow) {
    back.clear()
    const input = { groupId: group().id, userIds: [member.id] }
    const payload = await removal.run({ input })
    if (!payload) return
    toast.add({
      title: t('groups.removed', { name: member.displayName, group: group().name }),
      duration: 8000,
      color: 'neutral',
      actions: [
        {
          label: t('groups.undo'),
          color: 'neutral',
          variant: 'outline',
          onClick: () => void back.run({ input }),
        },
      ],
    })
  }
  return { remove, problem: computed(() => removal.problem.value ?? back.problem.value) }
}
