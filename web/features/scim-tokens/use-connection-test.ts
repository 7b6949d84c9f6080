// Plays the identity provider's first calls and shows the answers one after the other.
import { onScopeDispose, ref, shallowRef } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { useCommand } from '#web/graphql/use-command.ts'
import { TestMutation } from './documents.ts'

type Payload = Extract<
  ResultOf<typeof TestMutation>['testScimConnection'],
  { __typename: 'TestScimConnectionPayload' }
>
export type Step = Payload['steps'][number]

const pace = 160

/** `steps` grows one by one; `verdict` is null until the last one is there. */
export function useConnectionTest() {
  const { run, running, problem } = useCommand(TestMutation, 'testScimConnection')
  const steps = shallowRef<readonly Step[]>([])
  const verdict = ref<boolean | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function reveal(payload: Payload, count: number) {
    steps.value = payload.steps.slice(0, count)
    if (count < payload.steps.length)
      timer = setTimeout(() => {
        reveal(payload, count + 1)
      }, pace)
    else verdict.value = payload.ok
  }

  async function test(secret: string) {
    clearTimeout(timer)
    steps.value = []
    verdict.value = null
    const payload = await run({ input: { secret: secret.trim() } })
    if (payload) reveal(payload, Math.min(1, payload.steps.length))
  }
  onScopeDispose(() => {
    clearTimeout(timer)
  })
  return { steps, verdict, running, problem, test }
}
