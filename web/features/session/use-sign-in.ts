// Signing in step by step: the address decides whether the identity provider, a password or a choice comes next.
import { computed, onScopeDispose, reactive, ref, shallowRef } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import { RecoverySignInMutation, SignInMutation, SignInWithCodeMutation } from './documents.ts'
import { useSignInWays, type SignInWay } from './use-sign-in-ways.ts'

export type SignInStep = 'email' | 'leaving' | 'ways' | 'password' | 'second' | 'code' | 'organization'
type Field = 'email' | 'password' | 'second' | 'code'

/** Long enough to press Cancel, for whoever knows that the identity provider does not work. */
const pause = 1500

interface Ends {
  /** The session is there. */
  done: () => void
  /** The browser is to go to the identity provider by this address. */
  leave: (url: string) => void
  /** The organization demands two-step sign-in, and it has to be set up before anything else. */
  setUp: () => void
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

/** What a person may type, and the commands that take it. */
function useCredentials(done: () => void) {
  const byPassword = useCommand(SignInMutation, 'signIn')
  const bySecond = useCommand(SignInWithCodeMutation, 'signInWithCode')
  const byCode = useCommand(RecoverySignInMutation, 'signInWithRecoveryCode')
  const form = reactive({ email: '', password: '', second: '', code: '' })
  const choices = shallowRef<readonly { id: string; name: string }[]>([])

  function forget() {
    for (const command of [byPassword, bySecond, byCode]) command.clear()
    form.password = ''
    form.second = ''
    form.code = ''
  }
  /** What is missing after the password; null when nothing is, or when it was refused. */
  async function signIn(organizationId?: string): Promise<'organization' | 'CODE' | 'SET_UP' | null> {
    const input = { email: form.email.trim(), password: form.password }
    const payload = await byPassword.run({ input: organizationId ? { ...input, organizationId } : input })
    if (!payload) return null
    choices.value = payload.chooseOrganization
    if (!payload.viewer) return payload.secondStep ?? 'organization'
    forget()
    done()
    return null
  }
  async function finish(payload: Promise<object | null>) {
    if (!(await payload)) return
    forget()
    done()
  }
  const recover = () => finish(byCode.run({ input: { email: form.email.trim(), code: form.code } }))
  const second = () => finish(bySecond.run({ input: { code: form.second } }))
  const problem = computed(() => byPassword.problem.value ?? bySecond.problem.value ?? byCode.problem.value)
  const running = computed(() => byPassword.running.value || bySecond.running.value || byCode.running.value)
  return { form, choices, forget, signIn, recover, second, problem, running }
}

/** The steps of signing in. */
export function useSignIn({ done, leave, setUp }: Ends) {
  const { ways, forAll, asking, problem: waysProblem, find } = useSignInWays()
  const { forget, signIn, recover, second, ...credentials } = useCredentials(done)
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
    const [only, another] = ways.value
    if (only?.enforced && !another) {
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
    else if (field === 'second') await second()
    else await choose()
  }
  async function choose(organizationId?: string) {
    const lacking = await signIn(organizationId)
    if (lacking === 'organization') step.value = 'organization'
    else if (lacking === 'CODE') to('second')
    else if (lacking === 'SET_UP') setUp()
  }
  return { ...credentials, step, ways, forAll, leavingFor, missing, next, to, choose, problem, running }
}
