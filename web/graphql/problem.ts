// Turns what can go wrong with a request into one shape that the console can show.
import type { CombinedError } from '@urql/core'
import { said } from '#web/lib/said.ts'

/**
 * What went wrong, in words for the person; `fields` maps input paths to messages. Both are read anew each time, in the
 * language that is spoken then.
 */
export interface Problem {
  message: string
  code: string
  fields: Record<string, string>
  requestId: string | null
}

interface DeclaredFailure {
  __typename: string
  message: string
  code: string
  fields?: readonly { path: string; message: string }[]
}

const signedOutCodes = new Set(['UNAUTHENTICATED', 'sessions/signed-out'])

const textOf = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise)

/** True when an answer says that nobody is signed in any more. */
export function isSignedOut(error: CombinedError): boolean {
  const status = (error.response as { status?: number } | undefined)?.status
  return (
    status === 401 || error.graphQLErrors.some(one => signedOutCodes.has(textOf(one.extensions['code'], '')))
  )
}

/** The problem behind a failed request: the network, or a masked error with its request id. */
export function problemOf(error: CombinedError): Problem {
  const first = error.graphQLErrors[0]
  const extensions = first?.extensions ?? {}
  const requestId = extensions['requestId']
  return {
    get message() {
      return said(first?.message ?? '')
    },
    code: first ? textOf(extensions['code'], 'unexpected') : 'network',
    fields: {},
    requestId: typeof requestId === 'string' ? requestId : null,
  }
}

/** True when it exists, and yet is not for whoever is signed in. */
export function isForbidden(problem: Problem | null): boolean {
  return problem !== null && ['FORBIDDEN', 'actor/not-permitted'].includes(problem.code)
}

/** True for the members of a result union that are declared failures. */
export function isFailure(value: unknown): value is DeclaredFailure {
  const name: unknown = (value as { __typename?: unknown } | null)?.__typename
  return typeof name === 'string' && name.endsWith('Error')
}

/** True for the refusal of a sensitive action whose person proved too long ago who they are. */
export function wantsProof(value: unknown): boolean {
  return isFailure(value) && value.code === 'sessions/reauthenticate'
}

/** The problem behind a declared failure. */
export function problemOfFailure(failure: DeclaredFailure): Problem {
  const fields = failure.fields ?? []
  return {
    get message() {
      return said(failure.message)
    },
    code: failure.code,
    get fields() {
      return Object.fromEntries(
        fields.map(({ path, message }) => [path.replace(/^input\./u, ''), said(message)]),
      )
    },
    requestId: null,
  }
}
