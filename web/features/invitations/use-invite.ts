// The form that invites people, and what came of it.
import { computed, reactive, ref } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import type { PickItem } from '#web/ui/pick.ts'
import { faultsOf, readAddresses } from './address-list.ts'
import { InviteUsersMutation } from './documents.ts'
import type { SentLink } from './sent-link.ts'

export const roles = ['USER', 'GROUP_ADMIN', 'ADMIN'] as const
export type InvitedRole = (typeof roles)[number]

/** `send` resolves to what was sent, or to null when something has to be corrected first. */
export function useInvite() {
  const { run, running, problem, clear } = useCommand(InviteUsersMutation, 'inviteUsers')
  const form = reactive<{ text: string; role: InvitedRole }>({ text: '', role: 'USER' })
  const groups = ref<readonly PickItem[]>([])
  const people = computed(() => readAddresses(form.text))
  const tried = ref(false)
  const faults = computed(() => faultsOf(problem.value?.fields ?? {}))
  const groupFault = computed(() => problem.value?.fields['groupIds'])
  const general = computed(() => {
    if (faults.value.length > 0 || groupFault.value !== undefined) return undefined
    return problem.value?.message
  })

  async function send(): Promise<SentLink[] | null> {
    tried.value = true
    if (people.value.length === 0) return null
    const groupIds = groups.value.map(({ id }) => id)
    const payload = await run({ input: { people: people.value, role: form.role, groupIds } })
    return payload === null ? null : payload.invited
  }

  function reset() {
    clear()
    Object.assign(form, { text: '', role: 'USER' })
    groups.value = []
    tried.value = false
  }

  const missing = computed(() => tried.value && people.value.length === 0)
  return { form, groups, people, faults, groupFault, general, missing, running, send, reset }
}
