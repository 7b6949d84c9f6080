// Carries out what an admin decides about one person.
import { useToast } from '@nuxt/ui/composables/useToast'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCommand } from '#web/graphql/use-command.ts'
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

/** Each function resolves to true when it worked; `problem` is the last failure. */
export function useUserActions(id: () => string) {
  const { t } = useI18n()
  const toast = useToast()
  const plain = {
    deactivate: useCommand(DeactivateMutation, 'deactivateUser'),
    reactivate: useCommand(ReactivateMutation, 'reactivateUser'),
    restore: useCommand(RestoreMutation, 'restoreUser'),
  }
  const removal = useCommand(RemoveMutation, 'removeUser')
  const transfer = useCommand(TransferMutation, 'transferOwnership')
  const role = useCommand(ChangeRoleMutation, 'changeUserRole')
  const commands = [...Object.values(plain), removal, transfer, role]

  function say(action: UserAction, done: boolean): boolean {
    if (done) toast.add({ title: t(`users.done.${action}`), color: 'success' })
    return done
  }
  function clear() {
    for (const command of commands) command.clear()
  }
  return {
    act: async (action: Plain) => {
      clear()
      return say(action, (await plain[action].run({ input: { id: id() } })) !== null)
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
      return say('role', (await role.run({ input: { id: id(), role: next } })) !== null)
    },
    running: computed(() => commands.some(command => command.running.value)),
    problem: computed(() => commands.find(command => command.problem.value)?.problem.value ?? null),
  }
}
