// Scalars that GraphQL does not bring along.
import { createGraphQLError } from 'graphql-yoga'
import { builder } from '../builder.ts'

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/

function parseDateTime(value: unknown): Date {
  const date = typeof value === 'string' && rfc3339.test(value) ? new Date(value) : null
  if (date !== null && !Number.isNaN(date.getTime())) return date
  throw createGraphQLError('Write dates as in RFC 3339, for example 2026-12-31T23:59:59Z.')
}

builder.scalarType('DateTime', {
  description: 'A moment as RFC 3339 writes it, answered in UTC with milliseconds: 2026-12-31T23:59:59.000Z.',
  serialize: value => value.toISOString(),
  parseValue: parseDateTime,
})

builder.scalarType('JSON', {
  description: 'Any JSON value: object, list, text, number, true, false or null.',
  serialize: value => value,
  parseValue: () => {
    throw createGraphQLError('JSON is answered only, never taken.')
  },
})

builder.scalarType('CsvText', {
  description: 'A text that may be as long as a file: 400,000 characters. Send it as a variable.',
  serialize: value => value,
  parseValue: value => {
    if (typeof value === 'string') return value
    throw createGraphQLError('Send the file as text.')
  },
})
