// Setting up an organization from its one-time link.
import { computed, reactive, ref, watch } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { CompleteSetupMutation, SetupInvitationQuery } from './documents.ts'
import { checkSetup, type SetupForm } from './check-setup.ts'

function useInvitation(secret: string) {
  const read = useRead(SetupInvitationQuery, { variables: { secret }, pause: secret === '' })
  const invitation = computed(() => read.data.value?.setupInvitation ?? null)
  const gone = computed(() => secret === '' || (read.data.value !== undefined && invitation.value === null))
  return { invitation, gone, loading: read.loading, readProblem: read.problem, again: read.again }
}

/** The invitation behind `secret` and the form that accepts it; `onDone` runs once the owner is signed in. */
export function useSetup(secret: string, onDone: () => void) {
  const found = useInvitation(secret)
  const { run, running, problem } = useCommand(CompleteSetupMutation, 'completeSetup')
  const form = reactive<SetupForm>({ organizationName: '', ownerName: '', email: '', password: '' })
  const tried = ref(false)
  const faults = computed(() => (tried.value ? checkSetup(form) : {}))

  watch(
    found.invitation,
    invitation => {
      form.organizationName ||= invitation?.organizationName ?? ''
      form.email ||= invitation?.ownerEmail ?? ''
    },
    { immediate: true },
  )

  /** Resolves to false when something has to be corrected first. */
  async function submit(): Promise<boolean> {
    tried.value = true
    if (Object.keys(faults.value).length > 0) return false
    const payload = await run({ input: { secret, ...form } })
    if (!payload) return false
    form.password = ''
    onDone()
    return true
  }

  return { ...found, form, faults, submit, problem, running }
}
