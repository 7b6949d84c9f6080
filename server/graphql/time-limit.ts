// No operation runs longer than ten seconds: its caller is told, and its database work ends.
import type { ExecutionResult } from 'graphql'
import { createGraphQLError, type Plugin } from 'graphql-yoga'
import type { GraphqlContext } from './call.ts'

/** Number of `docs/operations.md`, in milliseconds; longer than any single transaction may take. */
export const longestOperation = 10_000

/** Queries and mutations only: streams last as long as somebody listens. */
export const timeLimit: Plugin<GraphqlContext> = {
  onExecute({ executeFn, setExecuteFn }) {
    setExecuteFn(args => withinTime((args.contextValue as GraphqlContext).call, () => executeFn(args)))
  },
}

interface Stoppable {
  readonly settings: { readonly longestOperation?: number }
  readonly stop: (reason: Error) => void
}

async function withinTime(call: Stoppable, execute: () => unknown): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined
  const limit = call.settings.longestOperation ?? longestOperation
  const late = new Promise<ExecutionResult>(resolve => {
    timer = setTimeout(() => {
      const error = tooLong(limit)
      call.stop(error)
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
