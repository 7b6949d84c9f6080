// Cursors of the logs: opaque text with the stream's epoch and the number of the last message that was kept.
import { DomainError } from '#server/domain/error.ts'

export interface Position {
  readonly epoch: string
  readonly sequence: bigint
}

/** The text that clients keep. */
export function printCursor(position: Position): string {
  return Buffer.from(`${position.epoch}:${String(position.sequence)}`).toString('base64url')
}

const shape = /^([0-9a-f-]{36}):(\d{1,18})$/

/** Reads a cursor. Throws `provisioning-log/bad-cursor`. */
export function parseCursor(cursor: string): Position {
  const match = shape.exec(Buffer.from(cursor.slice(0, 120), 'base64url').toString())
  if (match === null) {
    throw new DomainError({
      kind: 'invalid',
      code: 'provisioning-log/bad-cursor',
      message: 'This cursor is not one of ours. Leave "after" out to start now.',
      detail: { fields: [{ path: 'after', message: 'Not a cursor.' }] },
    })
  }
  return { epoch: match[1] ?? '', sequence: BigInt(match[2] ?? '0') }
}

/** `provisioning-log/cursor-too-old`, with the oldest cursor that still works. */
export function cursorTooOld(oldest: Position): DomainError {
  return new DomainError({
    kind: 'stale',
    code: 'provisioning-log/cursor-too-old',
    message: 'The log no longer reaches back to this cursor. Start over from the oldest one.',
    detail: { oldestCursor: printCursor(oldest) },
  })
}
