// Writes a batch of exchanges of one organization with their numbers and what is counted of them, in one statement.
import type { Sql, Statement } from '#server/domain/context.ts'
import { deviationUsesOf } from './rules/deviation-uses.ts'
import { outcomeOf, type NewExchange } from './rules/exchange.ts'
import { storableText } from './rules/redact.ts'

const write: Statement = {
  name: 'write-exchanges',
  text: `WITH batch AS (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS x(
        n int, id uuid, at timestamptz, token_id uuid, token_name text, method text, path text, query text, status int,
        scim_type text, ms float8, idp text, client text, ip text, user_id uuid, summary text, headers text, body text,
        answer text, changes jsonb, quirks jsonb, nothing boolean)),
    hours AS (
      INSERT INTO exchange_hours AS h (org_id, hour, succeeded, refused, failed)
      SELECT $1, hour, succeeded, refused, failed
        FROM jsonb_to_recordset($4::jsonb) AS c(hour timestamptz, succeeded int, refused int, failed int)
       WHERE EXISTS (SELECT 1 FROM organizations WHERE id = $1)
      ON CONFLICT (org_id, hour) DO UPDATE SET succeeded = h.succeeded + excluded.succeeded,
        refused = h.refused + excluded.refused, failed = h.failed + excluded.failed),
    deviations AS (
      INSERT INTO deviation_uses AS d (org_id, connection_id, deviation, connection_name, uses, first_seen_at,
        last_seen_at, last_exchange_id)
      SELECT $1, connection, deviation, name, uses, first, last, exchange
        FROM jsonb_to_recordset($5::jsonb) AS c(connection uuid, deviation text, name text, uses bigint,
          first timestamptz, last timestamptz, exchange uuid)
       WHERE EXISTS (SELECT 1 FROM organizations WHERE id = $1)
      ON CONFLICT (org_id, connection_id, deviation) DO UPDATE SET uses = d.uses + excluded.uses,
        connection_name = excluded.connection_name, first_seen_at = least(d.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(d.last_seen_at, excluded.last_seen_at),
        last_exchange_id = CASE WHEN excluded.last_seen_at >= d.last_seen_at THEN excluded.last_exchange_id
          ELSE d.last_exchange_id END),
    counter AS (
      UPDATE exchange_streams SET sequence = sequence + $3::int WHERE org_id = $1
      RETURNING sequence - $3::int AS base)
    INSERT INTO exchanges (org_id, sequence, id, occurred_at, token_id, token_name, method, path, query, status,
      scim_type, duration_ms, identity_provider, client, ip, user_id, summary, request_headers, request_body,
      response_body, changes, quirks, changed_nothing)
    SELECT $1, counter.base + n, id, at, token_id, token_name, method, path, query, status, scim_type, ms, idp, client,
           ip, user_id, summary, headers, body, answer, changes, quirks, nothing
      FROM counter, batch`,
}

/** Stores the batch in the order given; calls to an organization that does not exist leave nothing behind. */
export async function writeExchanges(sql: Sql, batch: readonly NewExchange[]): Promise<void> {
  const rows = storableRows(batch.map(rowOf))
  const deviations = storableRows(deviationUsesOf(batch))
  await sql.run(write, [rows, batch.length, JSON.stringify(hoursOf(batch)), deviations])
}

const findWritten: Statement = {
  name: 'find-written-exchanges',
  text: 'SELECT id FROM exchanges WHERE org_id = $1 AND id = ANY($2::uuid[])',
}

/** Those of the batch that are not stored yet, in their order. */
export async function unwritten(sql: Sql, batch: readonly NewExchange[]): Promise<NewExchange[]> {
  const rows = await sql.run<{ id: string }>(findWritten, [batch.map(({ id }) => id)])
  const written = new Set(rows.map(({ id }) => id))
  return batch.filter(({ id }) => !written.has(id))
}

/** Only a batch with an escaped character or something like a secret of ours is looked at text by text. */
function storableRows(rows: readonly unknown[]): string {
  const text = JSON.stringify(rows)
  return doubtful.test(text) ? JSON.stringify(rows, (_key, value: unknown) => storable(value)) : text
}

const doubtful = /\\u(?:0000|d[89a-f])|rc_/i

/** One text that no database takes would keep the whole batch out of the log. */
function storable(value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value
}

function rowOf(exchange: NewExchange, index: number): Record<string, unknown> {
  return {
    n: index + 1,
    id: exchange.id,
    at: exchange.occurredAt,
    token_id: exchange.token?.id ?? null,
    token_name: exchange.token?.name ?? null,
    method: exchange.method,
    path: exchange.path,
    query: exchange.query,
    status: exchange.status,
    scim_type: exchange.scimType,
    ms: exchange.durationMs,
    idp: exchange.identityProvider,
    client: exchange.client,
    ip: exchange.ip,
    user_id: exchange.userId,
    summary: exchange.summary,
    headers: exchange.requestHeaders,
    body: exchange.requestBody,
    answer: exchange.responseBody,
    changes: exchange.changes,
    quirks: exchange.quirks.length === 0 ? null : exchange.quirks,
    nothing: exchange.changedNothing,
  }
}

function hoursOf(batch: readonly NewExchange[]) {
  const hours = new Map<string, { hour: string; succeeded: number; refused: number; failed: number }>()
  for (const exchange of batch) {
    const hour = `${exchange.occurredAt.toISOString().slice(0, 13)}:00:00.000Z`
    const counts = hours.get(hour) ?? { hour, succeeded: 0, refused: 0, failed: 0 }
    counts[outcomeOf(exchange.status)] += 1
    hours.set(hour, counts)
  }
  return [...hours.values()]
}
