// The bearer tokens of the organization: those that work, and those that did.
import { computed, watch } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { TokensQuery } from './documents.ts'

export type Token = NonNullable<ResultOf<typeof TokensQuery>['organization']>['scimTokens'][number]

const ended = new Set(['EXPIRED', 'REVOKED'])

/** Reads the tokens again whenever `heardAt` (the last call of the identity provider) changes. */
export function useTokens(heardAt: () => string | null) {
  const { data, problem, loading, again } = useRead(TokensQuery, { variables: {} })
  const all = computed(() => data.value?.organization?.scimTokens ?? [])
  const live = computed(() => all.value.filter(token => !ended.has(token.state)))
  const past = computed(() => all.value.filter(token => ended.has(token.state)))
  watch(heardAt, again)
  return { live, past, problem, loading, again }
}
