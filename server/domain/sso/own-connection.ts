// The connection inside of a transaction that changes it.
import type { SsoConnection as Row } from '#prisma/client.ts'
import { DomainError } from '#server/domain/error.ts'
import type { Transaction } from '#server/domain/transact.ts'
import { lockConnection } from './lock-connection.ts'

/** Parallel changes wait for each other. Throws `sso/none` when there is nothing to change. */
export async function ownConnection(tx: Transaction, _input: Record<string, never> = {}): Promise<Row> {
  const row = await lockConnection(tx)
  if (row !== null) return row
  throw new DomainError({
    kind: 'conflict',
    code: 'sso/none',
    message: 'Single sign-on is not set up yet. Save the details of your identity provider first.',
  })
}
