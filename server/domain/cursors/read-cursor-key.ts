// The key that seals the cursors of one SCIM connection.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { readConnectionKey } from './connection-key.sql.ts'

export interface ReadCursorKeyInput {
  /** What names the connection: its token's id. */
  readonly connection: string
}

/**
 * 32 bytes, the same on every server process. Another organization, connection or set of permissions has another key,
 * so a cursor that changed hands, or is older than a change of what SCIM may do here, cannot be opened (RFC 9865
 * section 5.2).
 */
export function readCursorKey(ctx: Context, { connection }: ReadCursorKeyInput): Promise<Uint8Array> {
  demand(ctx.actor, 'scim')
  return readConnectionKey(ctx.sql, connection)
}
