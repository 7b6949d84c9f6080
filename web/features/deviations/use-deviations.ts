// The deviations that were needed or are refused.
import { computed } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { DeviationsQuery, type DeviationFields } from './documents.ts'

export type Deviation = ResultOf<typeof DeviationFields>
export type DeviationUse = Deviation['uses'][number]

/** Reads them; the last good list stays while a retry fails. */
export function useDeviations() {
  const { data, problem, loading, again } = useRead(DeviationsQuery, { variables: {} })
  const deviations = computed<Deviation[]>(
    () => data.value?.organization?.provisioning.toleratedDeviations ?? [],
  )
  return { deviations, problem, loading, again }
}

/** Under which its switch is expected to be granted. */
export function keyOf({ id }: Deviation): string {
  return `deviation ${id}`
}

/** Requests of all connections together. */
export function countOf({ uses }: Deviation): number {
  return uses.reduce((sum, use) => sum + use.count, 0)
}
