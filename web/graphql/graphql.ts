// The typed `graphql` tag: every document of the console is checked against the server's schema.
import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './generated/schema.d.ts'

/** Marks a GraphQL document. DateTime arrives as an RFC 3339 string in UTC, JSON as it was stored. */
export const graphql = initGraphQLTada<{
  introspection: introspection
  disableMasking: true
  scalars: { DateTime: string; JSON: unknown; CsvText: string }
}>()

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada'
