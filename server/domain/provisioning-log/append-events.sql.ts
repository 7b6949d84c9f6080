// Writes events with their numbers: the counter row is locked last, so sequence order is commit order, without gaps.
import { authorOf, type Actor } from '#server/domain/actor.ts'
import type { Clock, Sql, Statement } from '#server/domain/context.ts'
import { placedBy, valuesCte, valuesValue } from '#server/domain/group-mappings/count-values.sql.ts'
import type { ValueChange } from '#server/domain/group-mappings/rules/value-change.ts'
import { seatsTaken, type Tally } from './rules/tally.ts'
import type { NewEvent } from './rules/event.ts'

/**
 * CTE that takes `count` numbers, moves the tally and refuses when seats would run out (then it is empty).
 * `where` narrows it, e.g. to "the row I locked exists"; `also` sets further columns of the counter row. Placeholders
 * start at `first` and are six: count, pending, active, deactivated, deleted, seats.
 */
export function counterCte(first: number, where: string, also = ''): string {
  const [count, pending, active, deactivated, deleted, seats] = [0, 1, 2, 3, 4, 5].map(
    n => `$${String(first + n)}::int`,
  )
  return `counter AS (
    UPDATE organization_streams s
       SET sequence = s.sequence + ${count}, pending = s.pending + ${pending}, active = s.active + ${active},
           deactivated = s.deactivated + ${deactivated}, deleted = s.deleted + ${deleted}${also}
      FROM organizations o
     WHERE s.org_id = $1 AND o.id = $1 AND ${where}
       AND (${seats} <= 0 OR o.seat_limit IS NULL OR s.pending + s.active + ${seats} <= o.seat_limit)
    RETURNING s.sequence - ${count} AS base)`
}

/** CTE that inserts the events of JSON parameter `$events` behind the counter. */
export function logCte(events: number): string {
  return `log AS (
    INSERT INTO provisioning_events (org_id, sequence, occurred_at, type, actor_kind, actor_id, actor_name,
                                     user_id, group_id, exchange_id, detail)
    SELECT $1, counter.base + e.n, e.at, e.type, e.actor_kind, e.actor_id, e.actor_name,
           e.user_id, e.group_id, e.exchange_id, e.detail
      FROM counter, jsonb_to_recordset($${String(events)}::jsonb)
        AS e(n int, at timestamptz, type text, actor_kind text, actor_id uuid, actor_name text, user_id uuid,
             group_id uuid, exchange_id uuid, detail jsonb))`
}

/** The six values that `counterCte` expects. */
export function counterValues(count: number, tally: Tally): number[] {
  return [count, tally.pending, tally.active, tally.deactivated, tally.deleted, seatsTaken(tally)]
}

/** The JSON text that `logCte` expects. */
export function eventsValue(teller: { actor: Actor; clock: Clock }, events: readonly NewEvent[]): string {
  const author = authorOf(teller.actor)
  const exchangeId = teller.actor.kind === 'scim-token' ? teller.actor.exchangeId : null
  return JSON.stringify(
    events.map((event, index) => ({
      n: index + 1,
      at: teller.clock.now(),
      type: event.type,
      actor_kind: author.kind,
      actor_id: author.id,
      actor_name: author.name,
      user_id: event.userId ?? null,
      group_id: event.groupId ?? null,
      exchange_id: exchangeId,
      detail: event.detail,
    })),
  )
}

const append: Statement = {
  name: 'append-events',
  text: `WITH ${counterCte(2, placedBy(9), ', mapping_version = s.mapping_version + $10::int')}, ${logCte(8)},
    ${valuesCte(11)}
    SELECT base FROM counter`,
}

/** What a transaction leaves behind in its last statement. */
export interface Ending {
  readonly events: readonly NewEvent[]
  readonly tally: Tally
  /** The mapping's version by which people were placed; null when nobody was. */
  readonly placedBy: number | null
  /** The transaction changes the mapping. */
  readonly remaps: boolean
  readonly values: readonly ValueChange[]
}

/**
 * Appends events at the end of a transaction. Null when the tally needs more seats than are free, or when people were
 * placed by a mapping that is no longer the current one.
 */
export async function appendEvents(
  tx: { sql: Sql; actor: Actor; clock: Clock },
  ending: Ending,
): Promise<bigint | null> {
  const rows = await tx.sql.run<{ base: string }>(append, [
    ...counterValues(ending.events.length, ending.tally),
    eventsValue(tx, ending.events),
    ending.placedBy,
    ending.remaps ? 1 : 0,
    valuesValue(ending.values, tx.clock.now()),
  ])
  const row = rows[0]
  return row === undefined ? null : BigInt(row.base)
}
