// Carries out what an admin decides about one person.
import { useToast } from '@nuxt/ui/composables/useToast'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCommand } from '#web/graphql/use-command.ts'
import { useUndo } from '#web/ui/use-undo.ts'
import type { UserAction } from './allowed-actions.ts'
import {
  ChangeRoleMutation,
  DeactivateMutation,
  ReactivateMutation,
  RemoveMutation,
  RestoreMutation,
  TransferMutation,
} from './commands.ts'
import type { UserRole } from './user-row.ts'

type Plain = Exclude<UserAction, 'remove' | 'role' | 'transfer'>

function useCommands() {
  const plain = {
    deactivate: useCommand(DeactivateMutation, 'deactivateUser'),
    reactivate: useCommand(ReactivateMutation, 'reactivateUser'),
    restore: useCommand(RestoreMutation, 'restoreUser'),
  }
  const removal = useCommand(RemoveMutation, 'removeUser')
  const transfer = useCommand(TransferMutation, 'transferOwnership')
  const role = useCommand(ChangeRoleMutation, 'changeUserRole')
  // Their own, so that an undoing that is refused is not shown as a refusal of what is asked now.
  const back = {
    deactivate: useCommand(ReactivateMutation, 'reactivateUser'),
    reactivate: useCommand(DeactivateMutation, 'deactivateUser'),
    role: useCommand(ChangeRoleMutation, 'changeUserRole'),
  }
  const all = [...Object.values(plain), removal, transfer, role]
  const clear = () => {
    for (const command of all) command.clear()
  }
  return { plain, removal, transfer, role, back, all, clear }
}

/** Each function resolves to true when it worked; `problem` is the last failure. What can be taken back offers it. */
export function useUserActions(user: () => { id: string; role: UserRole }) {
  const { t } = useI18n()
  const toast = useToast()
  const offerUndo = useUndo()
  const { plain, removal, transfer, role, back, all, clear } = useCommands()
  const id = () => user().id

  function say(action: UserAction, done: boolean): boolean {
    if (done) toast.add({ title: t(`users.done.${action}`), color: 'success' })
    return done
  }
  return {
    act: async (action: Plain) => {
      clear()
      const input = { id: id() }
      const done = (await plain[action].run({ input })) !== null
      if (action === 'restore') return say(action, done)
      if (done) offerUndo(t(`users.done.${action}`), back[action], { input })
      return done
    },
    remove: async (confirmUserName: string) => {
      clear()
      return say('remove', (await removal.run({ input: { id: id(), confirmUserName } })) !== null)
    },
    transfer: async (confirmUserName: string) => {
      clear()
      return say('transfer', (await transfer.run({ input: { id: id(), confirmUserName } })) !== null)
    },
    changeRole: async (next: UserRole) => {
      clear()
      const before = user()
      const done = (await role.run({ input: { id: before.id, role: next } })) !== null
      const input = { id: before.id, role: before.role }
      if (done) offerUndo(t('users.done.role'), back.role, { input })
      return done
    },
    running: computed(() => all.some(command => command.running.value)),
    problem: computed(() => all.find(command => command.problem.value)?.problem.value ?? null),
  }
}
