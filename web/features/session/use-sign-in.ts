// Signing in step by step: the address decides whether the identity provider, a password or a choice comes next.
import { computed, onScopeDispose, reactive, ref, shallowRef } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import { RecoverySignInMutation, SignInMutation } from './documents.ts'
import { useSignInWays, type SignInWay } from './use-sign-in-ways.ts'

export type SignInStep = 'email' | 'leaving' | 'ways' | 'password' | 'code' | 'organization'
type Field = 'email' | 'password' | 'code'

/** Long enough to press Cancel, for whoever knows that the identity provider does not work. */
const pause = 1500

interface Ends {
  /** The session is there. */
  done: () => void
  /** The browser is to go to the identity provider by this address. */
  leave: (url: string) => void
}

/** Goes to the identity provider after a moment in which one can still say no. */
function useLeaving(leave: (url: string) => void) {
  const leavingFor = shallowRef<SignInWay | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  function stay() {
    clearTimeout(timer)
  }
  function leaveSoon(way: SignInWay) {
    leavingFor.value = way
    timer = setTimeout(() => {
      leave(way.url)
    }, pause)
  }
  onScopeDispose(stay)
  return { leavingFor, leaveSoon, stay }
}

/** The three things a person may type, and the two commands that take them. */
function useCredentials(done: () => void) {
  const byPassword = useCommand(SignInMutation, 'signIn')
  const byCode = useCommand(RecoverySignInMutation, 'signInWithRecoveryCode')
  const form = reactive({ email: '', password: '', code: '' })
  const choices = shallowRef<readonly { id: string; name: string }[]>([])

  function forget() {
    byPassword.clear()
    byCode.clear()
    form.password = ''
    form.code = ''
  }
  /** Resolves to true when an organization has to be chosen first. */
  async function signIn(organizationId?: string): Promise<boolean> {
    const input = { email: form.email.trim(), password: form.password }
    const payload = await byPassword.run({ input: organizationId ? { ...input, organizationId } : input })
    if (!payload) return false
    choices.value = payload.chooseOrganization
    if (!payload.viewer) return true
    forget()
    done()
    return false
  }
  async function recover() {
    if (!(await byCode.run({ input: { email: form.email.trim(), code: form.code } }))) return
    forget()
    done()
  }
  const problem = computed(() => byPassword.problem.value ?? byCode.problem.value)
  const running = computed(() => byPassword.running.value || byCode.running.value)
  return { form, choices, forget, signIn, recover, problem, running }
}

/** The steps of signing in. */
export function useSignIn({ done, leave }: Ends) {
  const { ways, forAll, asking, problem: waysProblem, find } = useSignInWays()
  const { forget, signIn, recover, ...credentials } = useCredentials(done)
  const { leavingFor, leaveSoon, stay } = useLeaving(leave)
  const step = ref<SignInStep>('email')
  const missing = ref(false)
  const { form } = credentials
  const problem = computed(() => waysProblem.value ?? credentials.problem.value)
  const running = computed(() => asking.value || credentials.running.value)

  function to(next: SignInStep) {
    stay()
    forget()
    missing.value = false
    step.value = next
  }
  async function ask() {
    if (!(await find(form.email.trim()))) return
    const [only, second] = ways.value
    if (only?.enforced && !second) {
      leaveSoon(only)
      step.value = 'leaving'
    } else to(only ? 'ways' : 'password')
  }
  async function next() {
    const field = step.value as Field
    missing.value = form[field].trim() === ''
    if (missing.value) return
    if (field === 'email') await ask()
    else if (field === 'code') await recover()
    else if (await signIn()) step.value = 'organization'
  }
  const choose = (organizationId: string) => signIn(organizationId)
  const steps = { step, ways, forAll, leavingFor, missing, next, to, choose }
  return { ...credentials, ...steps, problem, running }
}
