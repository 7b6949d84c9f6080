// One mutation as a command: run it, know whether it runs, and see what went wrong.
import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { ref, shallowRef } from 'vue'
import { noteChange } from './changes.ts'
import { usePlainClient } from './client.ts'
import { isFailure, problemOf, problemOfFailure, type Problem } from './problem.ts'

interface Failure {
  __typename: `${string}Error`
}
type Payload<Value> = Exclude<NonNullable<Value>, Failure>

/**
 * A mutation whose field `field` answers a payload or a declared failure. `run` resolves to the payload,
 * or to null when it failed; then `problem` says why. It goes past the cache, so secrets are never kept there.
 */
export function useCommand<Data, Variables extends AnyVariables, Field extends keyof Data>(
  document: TypedDocumentNode<Data, Variables>,
  field: Field,
) {
  const client = usePlainClient()
  const running = ref(false)
  const problem = shallowRef<Problem | null>(null)

  async function run(variables: Variables): Promise<Payload<Data[Field]> | null> {
    running.value = true
    problem.value = null
    const result = await client.mutation(document, variables).toPromise()
    running.value = false
    const value: unknown = result.data?.[field]
    if (isFailure(value)) problem.value = problemOfFailure(value)
    else if (result.error) problem.value = problemOf(result.error)
    else {
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
