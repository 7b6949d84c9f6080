// What can go wrong with a request, and how the socket waits and resumes.
import { CombinedError } from '@urql/core'
import { expect, test } from 'vitest'
import { isFailure, isSignedOut, problemOf, problemOfFailure } from '#web/graphql/problem.ts'
import { cursorOf, retryDelay } from '#web/graphql/socket.ts'

const graphQLError = (extensions: Record<string, unknown>) =>
  new CombinedError({ graphQLErrors: [{ message: 'Something went wrong', extensions }] })

test('a masked error keeps its request id, a silent network has no words of its own', () => {
  expect(problemOf(graphQLError({ code: 'INTERNAL', requestId: 'r-1' }))).toMatchObject({
    code: 'INTERNAL',
    requestId: 'r-1',
  })
  expect(problemOf(new CombinedError({ networkError: new Error('fetch failed') }))).toMatchObject({
    code: 'network',
    message: '',
  })
})

test('only a missing session counts as signed out', () => {
  expect(isSignedOut(graphQLError({ code: 'UNAUTHENTICATED' }))).toBe(true)
  expect(isSignedOut(graphQLError({ code: 'FORBIDDEN' }))).toBe(false)
  expect(isSignedOut(new CombinedError({ networkError: new Error('x'), response: { status: 401 } }))).toBe(
    true,
  )
})

test('declared failures give their fields by input path', () => {
  const failure = {
    __typename: 'InvalidInputError',
    message: 'Check',
    code: 'x',
    fields: [{ path: 'input.name', message: 'Too long' }],
  }
  expect(isFailure(failure)).toBe(true)
  expect(isFailure({ __typename: 'UserPayload' })).toBe(false)
  expect(problemOfFailure(failure).fields).toEqual({ name: 'Too long' })
})

test('waiting doubles from half a second to thirty, with at most half of it left to chance', () => {
  expect([0, 1, 6, 20].map(tries => retryDelay(tries, 1))).toEqual([500, 1000, 30_000, 30_000])
  expect(retryDelay(3, 0)).toBe(2000)
})

test('the cursor of a message is found under any field', () => {
  expect(cursorOf({ exchanges: { cursor: 'c7', exchange: {} } })).toBe('c7')
  expect(cursorOf({ provisioningHealth: { state: 'HEALTHY' } })).toBeUndefined()
  expect(cursorOf(null)).toBeUndefined()
})
