// Turns what the domain refuses into what the schema declares, and everything unexpected into a request id.
import type { GraphQLError } from 'graphql'
import { createGraphQLError } from 'graphql-yoga'
import { DomainError, type DomainErrorKind, type InvalidField } from '#server/domain/error.ts'

/** A declared failure: a member of a mutation's result union. */
export class Problem extends Error {
  readonly code: string
  readonly domain: DomainError

  constructor(domain: DomainError) {
    super(domain.message)
    this.code = domain.code
    this.domain = domain
  }
}

export class NotFoundProblem extends Problem {}
export class ForbiddenProblem extends Problem {}
export class FeatureNotInPlanProblem extends Problem {}
export class ManagedByIdentityProviderProblem extends Problem {}
export class ConflictProblem extends Problem {}
export class StaleProblem extends Problem {}
export class InvalidInputProblem extends Problem {
  get fields(): readonly InvalidField[] {
    return this.domain.detail.fields ?? []
  }
}
export class SeatLimitProblem extends Problem {}

/** One row a kind; a new kind without a row does not compile. Null: not declared, an error of the whole operation. */
const problems: Record<DomainErrorKind, (new (error: DomainError) => Problem) | null> = {
  'not-found': NotFoundProblem,
  conflict: ConflictProblem,
  forbidden: ForbiddenProblem,
  invalid: InvalidInputProblem,
  stale: StaleProblem,
  'no-seat': SeatLimitProblem,
  'not-in-plan': FeatureNotInPlanProblem,
  'managed-by-idp': ManagedByIdentityProviderProblem,
  unavailable: null,
}

/** Runs a mutation; what the domain refuses is thrown as the problem that the result union may declare. */
export async function declared<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const ProblemOfKind = problems[error.kind]
    throw ProblemOfKind === null ? error : new ProblemOfKind(error)
  }
}

/** An expected failure outside of a union: its own message and code, for example of a query or a subscription. */
function refused(error: DomainError): GraphQLError {
  const { oldestCursor, feature } = error.detail
  const extensions = {
    code: error.code,
    kind: error.kind,
    ...(oldestCursor === undefined ? {} : { oldestCursor }),
    ...(feature === undefined ? {} : { feature }),
  }
  return createGraphQLError(error.message, { extensions })
}

/** Errors of the API's own making, which callers may read: syntax, validation, limits, refusals. */
function spoken(error: unknown): GraphQLError | null {
  const cause = originalOf(error)
  if (cause instanceof DomainError) return refused(cause)
  if (cause instanceof Problem) return refused(cause.domain)
  if (cause instanceof Error && inputFaults.has(cause.name)) {
    return createGraphQLError(cause.message, { extensions: { code: 'BAD_USER_INPUT' } })
  }
  return cause === undefined ? (error as GraphQLError) : null
}

const inputFaults = new Set(['PothosValidationError', 'InputValidationError'])

/** The innermost error that was thrown; undefined when GraphQL itself, or this door, made the error. */
function originalOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (error.name !== 'GraphQLError') return error
  const { originalError } = error as { originalError?: unknown }
  return originalError === undefined ? undefined : originalOf(originalError)
}

/** What a caller sees of an error: as it is when it was meant for them, else masked with the request's id. */
export function explain(
  error: unknown,
  about: { requestId: string; onFailure: (cause: unknown) => void },
): GraphQLError {
  const known = spoken(error)
  if (known !== null) return placed(known, error)
  about.onFailure(originalOf(error) ?? error)
  const message = `Something went wrong in Rollcall. Try again; if it stays, tell your operator the request id ${about.requestId}.`
  const masked = createGraphQLError(message, { extensions: { code: 'INTERNAL', requestId: about.requestId } })
  return placed(masked, error)
}

/** Keeps where in the answer the error belongs. */
function placed(known: GraphQLError, error: unknown): GraphQLError {
  const { path, nodes } = error as Partial<GraphQLError>
  if (known === error || path === undefined) return known
  const { extensions } = known
  return createGraphQLError(known.message, { path, ...(nodes && { nodes }), extensions })
}
