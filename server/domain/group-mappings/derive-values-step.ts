// Reads everybody's values anew, some at a time, after another attribute was chosen as their source.
import type { Context, Sql, Statement } from '#server/domain/context.ts'
import { takeStep } from '#server/domain/jobs/take-step.ts'
import type { HeldJob } from '#server/domain/jobs/rules/job.ts'
import { transactSql } from '#server/domain/transact.ts'
import type { Resource } from '#server/scim/index.ts'
import { readMapping } from './read-mapping.sql.ts'
import { valuesAt } from './rules/source-attribute.ts'
import { valueChanges } from './rules/value-change.ts'

const atOnce = 200

interface Found {
  readonly id: string
  readonly revision: number
  readonly values: readonly string[]
  readonly document: Resource
}

const next: Statement = {
  name: 'people-to-derive',
  text: `SELECT u.id, u.revision, u.identity_provider_groups AS values, u.document FROM users u
    WHERE u.org_id = $1 AND u.deleted_at IS NULL AND ($2::uuid IS NULL OR u.id > $2::uuid) ORDER BY u.id LIMIT $3::int`,
}

// Whoever was changed since they were read has the new values already.
const write: Statement = {
  name: 'write-derived',
  text: `UPDATE users u SET identity_provider_groups = v.values, revision = u.revision + 1
      FROM jsonb_to_recordset($2::jsonb) AS v(id uuid, revision int, values text[])
     WHERE u.org_id = $1 AND u.id = v.id AND u.revision = v.revision AND u.deleted_at IS NULL RETURNING u.id`,
}

interface Derived {
  readonly id: string
  readonly revision: number
  readonly before: readonly string[]
  readonly values: readonly string[]
}

/** Moves nobody: who belongs where is decided when a mapping is applied, or when a value changes. */
export async function deriveValuesStep(ctx: Context, job: HeldJob): Promise<HeldJob | null> {
  const mapping = await readMapping(ctx.sql)
  const people = await ctx.sql.run<Found>(next, [job.place['after'] ?? null, atOnce])
  const derived = people.flatMap(({ id, revision, values: before, document }): Derived[] => {
    const values = valuesAt(document, mapping.source)
    return JSON.stringify(values) === JSON.stringify(before) ? [] : [{ id, revision, before, values }]
  })
  const finished = people.length < atOnce
  const moved = await transactSql(ctx, async tx => {
    const written = await writeDerived(tx.sql, derived)
    tx.carry(written.flatMap(({ before, values }) => valueChanges(before, values)))
    tx.placedBy(mapping.version)
    const last = people.at(-1)?.id
    const place = last === undefined ? job.place : { after: last }
    const step = { place, done: people.length, result: { people: written.length }, finished }
    return takeStep(tx, { job, step })
  })
  return finished ? null : moved
}

async function writeDerived(sql: Sql, derived: readonly Derived[]): Promise<Derived[]> {
  if (derived.length === 0) return []
  const rows = await sql.run<{ id: string }>(write, [JSON.stringify(derived)])
  const written = new Set(rows.map(({ id }) => id))
  return derived.filter(({ id }) => written.has(id))
}
