// One mutation as a command: run it, know whether it runs, and see what went wrong.
import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { ref, shallowRef } from 'vue'
import { noteChange } from './changes.ts'
import { usePlainClient } from './client.ts'
import { isFailure, problemOf, problemOfFailure, wantsProof, type Problem } from './problem.ts'
import { askForProof } from './proof.ts'

interface Failure {
  __typename: `${string}Error`
}
type Payload<Value> = Exclude<NonNullable<Value>, Failure>

/**
 * A mutation whose field `field` answers a payload or a declared failure. `run` resolves to the payload,
 * or to null when it failed; then `problem` says why. It goes past the cache, so secrets are never kept there.
 * Where a fresh proof of who one is is wanted, the person is asked for it and the mutation sent once more.
 */
export function useCommand<Data, Variables extends AnyVariables, Field extends keyof Data>(
  document: TypedDocumentNode<Data, Variables>,
  field: Field,
) {
  const client = usePlainClient()
  const running = ref(false)
  const problem = shallowRef<Problem | null>(null)

  /** `granted` is called before everything on screen is read again. */
  async function run(variables: Variables, granted?: () => void): Promise<Payload<Data[Field]> | null> {
    running.value = true
    problem.value = null
    const send = () => client.mutation(document, variables).toPromise()
    let result = await send()
    if (wantsProof(result.data?.[field]) && (await askForProof())) result = await send()
    running.value = false
    const value: unknown = result.data?.[field]
    if (isFailure(value)) problem.value = problemOfFailure(value)
    else if (result.error) problem.value = problemOf(result.error)
    else {
      granted?.()
      noteChange()
      return value as Payload<Data[Field]>
    }
    return null
  }

  function clear() {
    problem.value = null
  }

  return { run, running, problem, clear }
}
