// How the signed-in person signs in.
import { computed, type MaybeRefOrGetter } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { SecurityQuery } from './documents.ts'

export type Security = NonNullable<ResultOf<typeof SecurityQuery>['viewer']['security']>

export function useSecurity(pause: MaybeRefOrGetter<boolean> = false) {
  const { data, ...read } = useRead(SecurityQuery, { variables: {}, pause })
  return { ...read, security: computed(() => data.value?.viewer.security ?? null) }
}
