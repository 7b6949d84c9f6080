// Which ways in an address has: decided by its domain, so that the answer tells of no account.
import { computed, ref, shallowRef } from 'vue'
import { usePlainClient } from '#web/graphql/client.ts'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { problemOf, type Problem } from '#web/graphql/problem.ts'
import { SignInWaysQuery } from './documents.ts'

export type SignInWay = ResultOf<typeof SignInWaysQuery>['signInWays'][number]

/** `find` resolves to false when nobody answered; then `problem` says why. */
export function useSignInWays() {
  const client = usePlainClient()
  const ways = shallowRef<readonly SignInWay[]>([])
  const asking = ref(false)
  const problem = shallowRef<Problem | null>(null)
  /** The password of an admin is good at one of these organizations; the owner's is at all. */
  const forAll = computed(() => ways.value.some(way => !way.enforced))

  async function find(email: string): Promise<boolean> {
    asking.value = true
    const { data, error } = await client.query(SignInWaysQuery, { email }).toPromise()
    asking.value = false
    problem.value = error && !data ? problemOf(error) : null
    ways.value = data?.signInWays ?? []
    return problem.value === null
  }
  return { ways, forAll, asking, problem, find }
}
