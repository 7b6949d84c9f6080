// Asks, before a page opens, whether someone is signed in.
import type { Client } from '@urql/core'
import { SessionQuery } from './documents.ts'

/**
 * `person`, `anonymous`, or `unknown` when the server did not answer; an unknown session opens the page,
 * which then shows the failure with a retry.
 */
export async function readSession(client: Client): Promise<'person' | 'anonymous' | 'unknown'> {
  const result = await client.query(SessionQuery, {}, { requestPolicy: 'cache-first' }).toPromise()
  if (!result.data) return 'unknown'
  return result.data.viewer.kind === 'ANONYMOUS' ? 'anonymous' : 'person'
}
