// Plan, features and seats of the organization.
import { computed } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { BillingQuery } from './documents.ts'

export type Billing = NonNullable<ResultOf<typeof BillingQuery>['organization']>

/** Everything on the page, in the order in which people read it. */
export const features = [
  ...(['sso', 'scim', 'groups', 'managedEvents'] as const),
  ...(['managedEventLocks', 'activityLog', 'domainControl'] as const),
] as const

/** Reads it; `billing` is null until it is there. */
export function useBilling() {
  const { data, problem, loading, again } = useRead(BillingQuery, { variables: {} })
  const billing = computed(() => data.value?.organization ?? null)
  return { billing, problem, loading, again }
}
