// Signing in step by step: address, password, and the organization when there are several.
import { computed, reactive, ref, shallowRef } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import { SignInMutation } from './documents.ts'

/** The steps of signing in; `onDone` runs once the session is there. */
export function useSignIn(onDone: () => void) {
  const command = useCommand(SignInMutation, 'signIn')
  const step = ref<'email' | 'password' | 'organization'>('email')
  const form = reactive({ email: '', password: '' })
  const choices = shallowRef<readonly { id: string; name: string }[]>([])
  const missing = ref(false)
  const problem = computed(() => command.problem.value)

  async function signIn(organizationId?: string) {
    const input = { email: form.email.trim(), password: form.password }
    const payload = await command.run({ input: organizationId ? { ...input, organizationId } : input })
    if (!payload) return
    if (payload.viewer) {
      form.password = ''
      onDone()
      return
    }
    choices.value = payload.chooseOrganization
    step.value = 'organization'
  }

  async function next() {
    const value = step.value === 'email' ? form.email.trim() : form.password
    missing.value = value === ''
    if (missing.value) return
    if (step.value === 'email') step.value = 'password'
    else await signIn()
  }

  function back() {
    command.clear()
    missing.value = false
    form.password = ''
    step.value = 'email'
  }

  return { step, form, choices, missing, problem, running: command.running, next, back, choose: signIn }
}
