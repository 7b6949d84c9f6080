// Carries out what an admin decides about one person.
import { useToast } from '@nuxt/ui/composables/useToast'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useCommand } from '#web/graphql/use-command.ts'
import { useOptimistic } from '#web/graphql/use-optimistic.ts'
import { isUnderWay } from '#web/lib/expected.ts'
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

type Switch = 'deactivate' | 'reactivate'

/** Shown before the server answers. */
const becomes = { deactivate: 'DEACTIVATED', reactivate: 'ACTIVE' } as const

function useQuickCommands() {
  const atOnce = {
    deactivate: useOptimistic(DeactivateMutation, 'deactivateUser'),
    reactivate: useOptimistic(ReactivateMutation, 'reactivateUser'),
    role: useOptimistic(ChangeRoleMutation, 'changeUserRole'),
  }
  const back = {
    deactivate: useCommand(ReactivateMutation, 'reactivateUser'),
    reactivate: useCommand(DeactivateMutation, 'deactivateUser'),
    role: useCommand(ChangeRoleMutation, 'changeUserRole'),
  }
  return { atOnce, back }
}

function useSlowCommands() {
  const restore = useCommand(RestoreMutation, 'restoreUser')
  const removal = useCommand(RemoveMutation, 'removeUser')
  const transfer = useCommand(TransferMutation, 'transferOwnership')
  const all = [restore, removal, transfer]
  const clear = () => {
    for (const command of all) command.clear()
  }
  return { restore, removal, transfer, all, clear }
}

type Person = () => { id: string; role: UserRole; displayName: string }

/** What shows at once, and says in a toast what was not done. What can be taken back offers it. */
function useSwitches(user: Person) {
  const { t } = useI18n()
  const offerUndo = useUndo()
  const { atOnce, back } = useQuickCommands()
  return {
    flip: (action: Switch) => {
      const input = { id: user().id }
      return atOnce[action].run({
        variables: { input },
        key: input.id,
        changes: { status: becomes[action] },
        undone: t(`users.not.${action}`, { name: user().displayName }),
        granted: () => {
          offerUndo(t(`users.done.${action}`), back[action], { input })
        },
      })
    },
    changeRole: (next: UserRole) => {
      const { id: person, role, displayName: name } = user()
      return atOnce.role.run({
        variables: { input: { id: person, role: next } },
        key: person,
        changes: { role: next },
        undone: t('users.not.role', { name }),
        granted: () => {
          offerUndo(t('users.done.role'), back.role, { input: { id: person, role } })
        },
      })
    },
    underWay: computed(() => isUnderWay(user().id)),
  }
}

/** Each function resolves to true when it worked; `problem` is the last failure of those that wait for the answer. */
export function useUserActions(user: Person) {
  const { t } = useI18n()
  const toast = useToast()
  const { restore, removal, transfer, all, clear } = useSlowCommands()
  const id = () => user().id

  function say(action: UserAction, done: boolean): boolean {
    if (done) toast.add({ title: t(`users.done.${action}`), color: 'success' })
    return done
  }
  return {
    ...useSwitches(user),
    restore: async () => {
      clear()
      return say('restore', (await restore.run({ input: { id: id() } })) !== null)
    },
    remove: async (confirmUserName: string) => {
      clear()
      return say('remove', (await removal.run({ input: { id: id(), confirmUserName } })) !== null)
    },
    transfer: async (confirmUserName: string) => {
      clear()
      return say('transfer', (await transfer.run({ input: { id: id(), confirmUserName } })) !== null)
    },
    running: computed(() => all.some(command => command.running.value)),
    problem: computed(() => all.find(command => command.problem.value)?.problem.value ?? null),
  }
}
