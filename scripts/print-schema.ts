// Prints the GraphQL schema, sorted and with descriptions, into server/graphql/schema.graphql.
import { writeFileSync } from 'node:fs'
import { printedSchema } from '#server/graphql/printed-schema.ts'

const file = new URL('../server/graphql/schema.graphql', import.meta.url)
writeFileSync(file, printedSchema())
console.log('Wrote server/graphql/schema.graphql.')
