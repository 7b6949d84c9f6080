// The epoch of a log, which every cursor carries; it changes only when a backup is restored.
import { readLogHead, type LogName } from '#server/domain/provisioning-log/read-log.sql.ts'
import { printCursor } from '#server/domain/provisioning-log/rules/cursor.ts'
import type { Call } from './call.ts'

const known = new WeakMap<Call, Map<LogName, Promise<string>>>()

/** The cursor of a line; the epoch is read once a call. */
export async function cursorOf(call: Call, line: { log: LogName; sequence: bigint }): Promise<string> {
  const epochs = known.get(call) ?? new Map<LogName, Promise<string>>()
  known.set(call, epochs)
  const epoch = epochs.get(line.log) ?? readLogHead(call.org.sql, line.log).then(head => head.epoch)
  epochs.set(line.log, epoch)
  return printCursor({ epoch: await epoch, sequence: line.sequence })
}
