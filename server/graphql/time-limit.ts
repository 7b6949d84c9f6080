// No operation runs longer than ten seconds, or than it says itself: its caller is told, and its database work ends.
import { getOperationAST, Kind, OperationTypeNode, type ExecutionArgs, type ExecutionResult } from 'graphql'
import { createGraphQLError, type Plugin } from 'graphql-yoga'
import type { GraphqlContext } from './call.ts'

/** Number of `docs/operations.md`, in milliseconds; longer than a usual transaction may take. */
export const longestOperation = 10_000

/**
 * The `extensions` of a mutation whose one transaction concerns everybody of an organization: it may take that long, in
 * milliseconds, and a little more.
 */
export function patient(transaction: number): { readonly patience: number } {
  return { patience: transaction + 5_000 }
}

/** Queries and mutations only: streams last as long as somebody listens. */
export const timeLimit: Plugin<GraphqlContext> = {
  onExecute({ executeFn, setExecuteFn }) {
    setExecuteFn(args => {
      const { call } = args.contextValue as GraphqlContext
      const limit = Math.max(call.settings.longestOperation ?? longestOperation, patienceOf(args))
      const stop = (reason: Error) => {
        call.stop(reason)
      }
      return withinTime(() => executeFn(args), { limit, stop })
    })
  },
}

/** What a mutation that stands alone says of itself, else 0: none lends its time to others. */
function patienceOf({ schema, document, operationName }: ExecutionArgs): number {
  const operation = getOperationAST(document, operationName)
  if (operation?.operation !== OperationTypeNode.MUTATION) return 0
  const [only, second] = operation.selectionSet.selections
  if (only?.kind !== Kind.FIELD || second !== undefined) return 0
  const patience = schema.getMutationType()?.getFields()[only.name.value]?.extensions['patience']
  return typeof patience === 'number' ? patience : 0
}

interface Bounds {
  /** Milliseconds. */
  readonly limit: number
  readonly stop: (reason: Error) => void
}

async function withinTime(execute: () => unknown, { limit, stop }: Bounds): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<ExecutionResult>(resolve => {
    timer = setTimeout(() => {
      const error = tooLong(limit)
      stop(error)
      resolve({ errors: [error] })
    }, limit)
  })
  try {
    return await Promise.race([execute(), late])
  } finally {
    clearTimeout(timer)
  }
}

function tooLong(limit: number) {
  const message =
    `The operation took longer than ${String(limit / 1_000)} seconds and was stopped. Ask for less at a time; before ` +
    'you repeat a change, look whether it was made.'
  return createGraphQLError(message, { extensions: { code: 'TIMEOUT', http: { status: 503 } } })
}
