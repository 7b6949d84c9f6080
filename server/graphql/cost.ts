// What an operation costs before it runs: one point an object, times the size of the pages it is in.
import type { GraphQLField, GraphQLNamedOutputType, GraphQLOutputType } from 'graphql'

/** The console's largest query stays below half of it (test/graphql/limits). */
export const mostPoints = 4_000

/** People or log lines on one page. */
export const pageSize = { standard: 50, most: 500 } as const

/** Price of a field: leaves are free, a connection multiplies what it holds by the page that was asked for. */
export function costOf(
  args: Record<string, unknown>,
  _context: unknown,
  field: Pick<GraphQLField<unknown, never>, 'name' | 'type'>,
): { field: number; multiplier: number } {
  const named = namedType(field.type)
  if (!('getFields' in named || 'getTypes' in named) || named.name === 'PageInfo')
    return { field: 0, multiplier: 1 }
  if (named.name.endsWith('Connection')) return { field: 1, multiplier: rowsOf(args) }
  const ownPage = field.name === 'edges' || field.name === 'nodes'
  return { field: 1, multiplier: String(field.type).startsWith('[') && !ownPage ? shortList : 1 }
}

/** What lists without pages are taken for: tokens, changes, quirks. */
const shortList = 10

function namedType(type: GraphQLOutputType): GraphQLNamedOutputType {
  return 'ofType' in type ? namedType(type.ofType) : type
}

/** Price of a list that is read for each of its owners apart: dear, so that few of them fit into one operation. */
export function costOfOwnList(args: Record<string, unknown>): { field: number; multiplier: number } {
  return { field: 20, multiplier: rowsOf(args) }
}

function rowsOf(args: Record<string, unknown>): number {
  const asked = args['first'] ?? args['last']
  const rows = typeof asked === 'number' ? asked : pageSize.standard
  return Math.min(Math.max(rows, 1), pageSize.most)
}
