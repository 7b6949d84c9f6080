// The mapping in a few numbers, for pages that only lead to it.
import { computed, watch } from 'vue'
import { changes } from '#web/graphql/changes.ts'
import { usePlainRead } from '#web/graphql/use-plain-read.ts'
import { MappingStateQuery } from './documents.ts'

/**
 * `state` is null until it is known. Reads nothing while `allowed` is false; reads again after each change made here, and whenever
 * `news` is another one.
 */
export function useMappingState(allowed: () => boolean, news: () => unknown = () => null) {
  const { data, loading, again } = usePlainRead(MappingStateQuery, () => (allowed() ? {} : null))
  watch([changes, news], again)
  const state = computed(() => {
    const organization = data.value?.organization
    if (!organization) return null
    const { entitlements, groupMapping } = organization
    return {
      inPlan: entitlements.scim && entitlements.groups,
      enabled: groupMapping.enabled,
      rows: groupMapping.rows.length,
      open: groupMapping.values.totalCount,
      people: groupMapping.values.people,
    }
  })
  return { state, loading }
}
