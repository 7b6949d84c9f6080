// Refuses what could exhaust the server, before any row is read: the same over HTTP and on sockets.
import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth'
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import {
  Kind,
  visit,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLError,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { createGraphQLError, type Plugin } from 'graphql-yoga'
import type { GraphqlContext } from './call.ts'
import { mostPoints } from './cost.ts'

/** Numbers of `docs/operations.md`. */
export const limits = { tokens: 1_000, depth: 10, aliases: 20, directives: 20, rootFields: 10 } as const

/** The longest text in an input; passwords, names and searches are far shorter. */
const longestText = 10_000

/** The longest text of a variable that is declared to be a file; larger than a mapping of 1,000 rows. */
const longestFile = 400_000

/** Plugins that refuse by the document alone. */
export const documentLimits: Plugin[] = [
  maxTokensPlugin({ n: limits.tokens }),
  maxDepthPlugin({ n: limits.depth, flattenFragments: true }),
  maxAliasesPlugin({ n: limits.aliases, allowList: [] }),
  maxDirectivesPlugin({ n: limits.directives }),
]

/** Refuses by the operation that is about to run: root fields, cost, texts, introspection by strangers. */
export const operationLimits: Plugin<GraphqlContext> = {
  onExecute({ args, setResultAndStopExecution }) {
    const error = faultOf(args)
    if (error !== null) setResultAndStopExecution({ errors: [error] })
  },
  onSubscribe({ args, setResultAndStopExecution }) {
    const error = faultOf(args)
    if (error !== null) setResultAndStopExecution({ errors: [error] })
  },
}

function faultOf(args: ExecutionArgs): GraphQLError | null {
  const operation = operationOf(args.document, args.operationName)
  if (operation === undefined) return null
  const { call } = args.contextValue as GraphqlContext
  if (call.actor.kind === 'anonymous' && !call.settings.development && introspects(args.document)) {
    return refuse('UNAUTHENTICATED', 'Sign in, or send an API key, to read the schema.')
  }
  if (rootFieldsOf(args.document, operation) > limits.rootFields) {
    return refuse('TOO_MANY_FIELDS', `Ask for at most ${String(limits.rootFields)} root fields at a time.`)
  }
  return textFault(args, operation) ?? costFault(args, operation)
}

function operationOf(
  document: DocumentNode,
  name: string | null | undefined,
): OperationDefinitionNode | undefined {
  return document.definitions
    .filter(node => node.kind === Kind.OPERATION_DEFINITION)
    .find(node => !name || node.name?.value === name)
}

const introspection = new Set(['__schema', '__type'])

function introspects(document: DocumentNode): boolean {
  let found = false
  visit(document, {
    Field: node => {
      found ||= introspection.has(node.name.value)
    },
  })
  return found
}

function rootFieldsOf(document: DocumentNode, operation: OperationDefinitionNode): number {
  const fragments = document.definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION)
  const bodies = new Map(fragments.map(node => [node.name.value, node.selectionSet]))
  const count = (set: SelectionSetNode | undefined): number =>
    (set?.selections ?? []).reduce((sum, node) => {
      if (node.kind === Kind.FIELD) return sum + 1
      return sum + count(node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : bodies.get(node.name.value))
    }, 0)
  return count(operation.selectionSet)
}

/** Cost with these variables; variables that do not fit are GraphQL's own to refuse. */
function costFault(args: ExecutionArgs, operation: OperationDefinitionNode): GraphQLError | null {
  const others = args.document.definitions.filter(node => node.kind !== Kind.OPERATION_DEFINITION)
  try {
    const { complexity } = complexityFromQuery(
      { ...args.document, definitions: [operation, ...others] },
      {
        schema: args.schema,
        ctx: args.contextValue as object,
        variables: args.variableValues ?? {},
      },
    )
    if (complexity <= mostPoints) return null
    const message = `This operation costs ${String(complexity)} points of ${String(mostPoints)}. Ask for smaller pages or fewer lists inside lists.`
    return refuse('TOO_EXPENSIVE', message)
  } catch {
    return null
  }
}

function textFault(args: ExecutionArgs, operation: OperationDefinitionNode): GraphQLError | null {
  const files = filesAmong(operation)
  let bad = !Object.entries(args.variableValues ?? {}).every(([name, value]) =>
    files.has(name) && typeof value === 'string' ? isTextGood(value, longestFile) : areTextsGood(value),
  )
  visit(operation, {
    StringValue: node => {
      bad ||= !isTextGood(node.value)
    },
  })
  return bad
    ? refuse('BAD_USER_INPUT', 'A text in the input is too long or holds characters that cannot be stored.')
    : null
}

/** Names of the variables that hold a file. */
function filesAmong({ variableDefinitions }: OperationDefinitionNode): ReadonlySet<string> {
  const files = (variableDefinitions ?? []).filter(({ type }) => {
    const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type
    return named.kind === Kind.NAMED_TYPE && named.name.value === 'CsvText'
  })
  return new Set(files.map(({ variable }) => variable.name.value))
}

/** Looks through nested values without recursion, so that depth costs no stack. */
function areTextsGood(root: unknown): boolean {
  const waiting: unknown[] = [root]
  for (let value = waiting.pop(); waiting.length > 0 || value !== undefined; value = waiting.pop()) {
    if (typeof value === 'string' && !isTextGood(value)) return false
    if (typeof value === 'object' && value !== null) waiting.push(...(Object.values(value) as unknown[]))
  }
  return true
}

/** No NUL, which PostgreSQL cannot store, no half characters, no novels. */
function isTextGood(text: string, longest = longestText): boolean {
  return text.length <= longest && !text.includes('\u0000') && !/\p{Surrogate}/u.test(text)
}

function refuse(code: string, message: string): GraphQLError {
  return createGraphQLError(message, { extensions: { code } })
}
