// The stored mapping, and whether the plan allows one.
import { computed, watch } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { changes } from '#web/graphql/changes.ts'
import { usePlainRead } from '#web/graphql/use-plain-read.ts'
import { MappingQuery, type MappingFields, type SeenValueFields } from './documents.ts'

export type StoredMapping = ResultOf<typeof MappingFields>
/** With how many values were received at all. */
export type MappingWithSeen = NonNullable<ResultOf<typeof MappingQuery>['organization']>['groupMapping']
export type SeenValue = ResultOf<typeof SeenValueFields>

/** Reads it, again after each change made here; the last good one stays while a retry fails. */
export function useMapping() {
  const { data, problem, loading, again } = usePlainRead(MappingQuery, () => ({}))
  const organization = computed(() => data.value?.organization ?? null)
  const mapping = computed(() => organization.value?.groupMapping ?? null)
  const inPlan = computed(() => {
    const flags = organization.value?.entitlements
    return flags ? flags.scim && flags.groups : true
  })
  watch(changes, again)
  return { mapping, inPlan, problem, loading, again }
}
