// The schema as text: the contract with the console and with automation clients.
import { lexicographicSortSchema, printSchema } from 'graphql'
import { schema } from './schema.ts'

/** What `schema.graphql` must hold. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`
}
