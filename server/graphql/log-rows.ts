// Lines of the two logs, in one shape however they were read: from a list, by id, or while following the log.
import type { Exchange as StoredExchange, ProvisioningEvent as StoredEvent } from '#prisma/client.ts'
import type { LogRow } from '#server/domain/provisioning-log/log-tail.ts'
import type { Change, EventDetail } from '#server/domain/provisioning-log/rules/event.ts'

export type EventRow = StoredEvent

/** Long texts that lists leave out; they are read when they are asked for. */
export const longTexts = { requestHeaders: true, requestBody: true, responseBody: true } as const
type LongText = keyof typeof longTexts
export type ExchangeRow = Omit<StoredExchange, LongText> & Partial<Pick<StoredExchange, LongText>>

/** From a row as the database's own driver reads it: columns as in the table, `sequence` as text. */
export function eventOfRaw(raw: LogRow): EventRow {
  return camelCase(raw) as unknown as EventRow
}

/** The same for exchanges. */
export function exchangeOfRaw(raw: LogRow): ExchangeRow {
  return camelCase(raw) as unknown as ExchangeRow
}

function camelCase(raw: LogRow): Record<string, unknown> {
  const entries = Object.entries({ ...raw, sequence: BigInt(raw.sequence) }).map(
    ([name, value]) =>
      [name.replace(/_(.)/g, (_line, letter: string) => letter.toUpperCase()), value] as const,
  )
  return Object.fromEntries(entries)
}

export function detailOf(event: EventRow): EventDetail {
  return event.detail as EventDetail
}

/** Changes as they are stored: a list, or nothing. */
export function changesOf(stored: unknown): readonly Change[] {
  return Array.isArray(stored) ? (stored as Change[]) : []
}
