// What the edited mapping would do to everybody: computed anew half a second after each valid edit.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { changes } from '#web/graphql/changes.ts'
import { usePlainClient } from '#web/graphql/client.ts'
import { problemOf, type Problem } from '#web/graphql/problem.ts'
import { PlanQuery } from './documents.ts'
import type { MappingInput } from './mapping-input.ts'

type Answer = NonNullable<ResultOf<typeof PlanQuery>['organization']>
export type Plan = Answer['previewGroupMapping']
export type Seats = Answer['seats']
const rest = 500

/** People who are moved by it. */
export function movedBy({ totals }: Plan): number {
  return totals.join + totals.leave + totals.move
}

/** One request at a time: a newer one takes the place of the one under way. */
function usePlanRequest() {
  const client = usePlainClient()
  const answer = shallowRef<(Answer & { input: string; at: number }) | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const running = ref(false)
  let stop: (() => void) | undefined

  function load(input: string): Promise<Plan | null> {
    stop?.()
    running.value = true
    return new Promise(resolve => {
      const stream = client
        .query(PlanQuery, { input: JSON.parse(input) as MappingInput })
        .subscribe(result => {
          running.value = false
          problem.value = result.error ? problemOf(result.error) : null
          if (result.data?.organization) answer.value = { ...result.data.organization, input, at: Date.now() }
          resolve(result.data?.organization?.previewGroupMapping ?? null)
        })
      stop = () => {
        stream.unsubscribe()
        resolve(null)
      }
    })
  }
  onScopeDispose(() => stop?.())
  return { answer, problem, running, load }
}

/** `input` is null while the rows have faults; the last plan then stays, marked as not current. */
export function usePlan(input: () => MappingInput | null) {
  const { answer, problem, running, load } = usePlanRequest()
  const wanted = computed(() => {
    const now = input()
    return now && JSON.stringify(now)
  })
  const current = computed(() => answer.value !== null && answer.value.input === wanted.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    [wanted, changes],
    ([now], before) => {
      clearTimeout(timer)
      if (now === null) return
      timer = setTimeout(() => void load(now), before[0] === undefined ? 0 : rest)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
  })
  function renew(): Promise<Plan | null> {
    clearTimeout(timer)
    return wanted.value === null ? Promise.resolve(null) : load(wanted.value)
  }
  /** The plan that is on screen, or a new one when it is of other rows. */
  function shown(): Promise<Plan | null> {
    return current.value && answer.value ? Promise.resolve(answer.value.previewGroupMapping) : renew()
  }
  return {
    plan: computed(() => answer.value?.previewGroupMapping ?? null),
    seats: computed(() => answer.value?.seats ?? null),
    at: computed(() => answer.value?.at ?? null),
    current,
    problem,
    running,
    renew,
    shown,
  }
}

export type PlanState = ReturnType<typeof usePlan>
