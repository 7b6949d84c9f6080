// The mapping in a few numbers, for pages that only lead to it.
import { computed } from 'vue'
import { usePlainRead } from '#web/graphql/use-plain-read.ts'
import { MappingStateQuery } from './documents.ts'

/** Null until it is known. Reads nothing while `allowed` is false. */
export function useMappingState(allowed: () => boolean) {
  const { data } = usePlainRead(MappingStateQuery, () => (allowed() ? {} : null))
  return computed(() => {
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
}
