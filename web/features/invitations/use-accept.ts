// Accepting an invitation from its link.
import { computed, reactive, ref, watch } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { AcceptInvitationMutation, InvitationQuery } from './documents.ts'

/** The shortest password that is accepted, in characters. */
const shortestPassword = 15

/** `onDone` runs once the person is signed in; `left` says how it ended before the page is left. */
export function useAccept(secret: string, onDone: () => void) {
  const read = useRead(InvitationQuery, { variables: { secret }, pause: secret === '' })
  const { run, running, problem } = useCommand(AcceptInvitationMutation, 'acceptInvitation')
  const found = computed(() => read.data.value?.invitation ?? null)
  const gone = computed(() => secret === '' || (read.data.value !== undefined && found.value === null))
  const form = reactive({ name: '', password: '' })
  const tried = ref(false)
  const left = ref<'' | 'signed-in' | 'second-step'>('')
  const faults = computed(() => ({
    name: tried.value && !found.value?.nameManaged && form.name.trim() === '',
    password: tried.value && Array.from(form.password).length < shortestPassword,
  }))
  watch(
    found,
    invitation => {
      form.name ||= invitation?.name ?? ''
    },
    { immediate: true },
  )

  async function submit(): Promise<void> {
    tried.value = true
    if (faults.value.name || faults.value.password) return
    const payload = await run({ input: { secret, ...form } })
    if (payload === null) return
    form.password = ''
    left.value = payload.viewer === null ? 'second-step' : 'signed-in'
    if (payload.viewer !== null) onDone()
  }

  return { ...read, found, gone, form, faults, left, problem, running, readProblem: read.problem, submit }
}
