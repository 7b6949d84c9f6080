// The GraphQL engine: parse, check, execute; errors leave it only as callers may see them.
import type { ExecutionResult, GraphQLError } from 'graphql'
import { createGraphQLError, createYoga, type Plugin } from 'graphql-yoga'
import type { Call, GraphqlContext } from './call.ts'
import { documentLimits, operationLimits } from './limits.ts'
import { explain } from './problems.ts'
import { schema } from './schema.ts'
import { timeLimit } from './time-limit.ts'

/** Made once; the call comes with each request. `onFailure` hears what no call can be blamed for. */
export function createEngine(onFailure: (error: unknown) => void) {
  /** What goes wrong outside of resolvers: errors about the document are for the caller, others are hidden. */
  const maskError = (error: unknown, message: string): Error => {
    if (error instanceof Error && error.name === 'GraphQLError') return error
    onFailure(error)
    return createGraphQLError(message, { extensions: { code: 'INTERNAL' } })
  }
  return createYoga<GraphqlContext>({
    schema,
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    batching: false,
    logging: false,
    // Errors of execution are explained by the plugin, which knows the call.
    maskedErrors: { errorMessage: 'Something went wrong in Rollcall.', maskError },
    plugins: [...documentLimits, operationLimits, timeLimit, explaining, noSuggestions],
  })
}

const explaining: Plugin<GraphqlContext> = {
  onExecute: ({ args }) => ({
    onExecuteDone: ({ result, setResult }) => {
      if (isSingle(result)) setResult(explained(result, callOf(args)))
    },
  }),
  onSubscribe: ({ args }) => ({
    onSubscribeResult: ({ result, setResult }) => {
      if (isSingle(result)) setResult(explained(result, callOf(args)))
      return {
        onNext: ({ result: message, setResult: setMessage }) => {
          if (isSingle(message)) setMessage(explained(message, callOf(args)))
        },
      }
    },
  }),
}

/** "Did you mean" would tell strangers the schema. Only the answer is changed: what was found is kept for others. */
const noSuggestions: Plugin<object, GraphqlContext> = {
  onResultProcess: payload => {
    const { result } = payload
    const { actor, settings } = payload.serverContext.call
    if (actor.kind !== 'anonymous' || settings.development || !isSingle(result)) return
    if (result.errors === undefined) return
    payload.setResult({ ...result, errors: result.errors.map(withoutSuggestion) })
  },
}

function withoutSuggestion(error: GraphQLError): GraphQLError {
  const message = error.message.replace(/ Did you mean [\s\S]*$/, '')
  if (message === error.message) return error
  return createGraphQLError(message, { nodes: error.nodes ?? [] })
}

function callOf(args: { contextValue: unknown }): Call {
  return (args.contextValue as GraphqlContext).call
}

function isSingle(result: unknown): result is ExecutionResult {
  return typeof result === 'object' && result !== null && !(Symbol.asyncIterator in result)
}

function explained(result: ExecutionResult, call: Call): ExecutionResult {
  if (result.errors === undefined) return result
  const about = {
    requestId: call.requestId,
    onFailure: (cause: unknown) => {
      call.settings.onFailure(cause, call.requestId)
    },
  }
  return { ...result, errors: result.errors.map(error => explain(error, about)) }
}
