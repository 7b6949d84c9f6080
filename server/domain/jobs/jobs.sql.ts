// Takes jobs, moves them on and ends them. Whoever holds the lease works; a step of anybody else changes no row.
import type { Sql, Statement } from '#server/domain/context.ts'
import { isOver, type HeldJob, type JobResult, type JobState } from './rules/job.ts'

const held = `id, kind, payload, place, done, total, result, lease_id AS "leaseId", actor_kind AS "actorKind",
  actor_id AS "actorId", actor_name AS "actorName"`

const claim: Statement = {
  name: 'claim-job',
  text: `UPDATE jobs SET state = 'running', lease_id = $2::uuid, lease_until = $3::timestamptz,
      started_at = COALESCE(started_at, $4::timestamptz)
    WHERE org_id = $1 AND id = (
      SELECT j.id FROM jobs j WHERE j.org_id = $1 AND j.state IN ('waiting', 'running')
         AND (j.state = 'waiting' OR j.lease_until IS NULL OR j.lease_until < $4::timestamptz)
       ORDER BY j.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING ${held}`,
}

export interface Lease {
  readonly leaseId: string
  readonly until: Date
  readonly now: Date
}

/** The oldest job that nobody works on, from now on in the hands of this lease. */
export async function claimJob(sql: Sql, lease: Lease): Promise<HeldJob | null> {
  const [row] = await sql.run<HeldJob>(claim, [lease.leaseId, lease.until, lease.now])
  return row ?? null
}

const move: Statement = {
  name: 'move-job',
  text: `UPDATE jobs SET place = $4::jsonb, done = $5::int, result = $6::jsonb, lease_until = $7::timestamptz,
      state = CASE WHEN $8::timestamptz IS NULL THEN state ELSE 'done' END, finished_at = $8::timestamptz
    WHERE org_id = $1 AND id = $2::uuid AND lease_id = $3::uuid AND state = 'running' RETURNING id`,
}

export interface JobMove {
  readonly place: Readonly<Record<string, string>>
  readonly done: number
  readonly result: JobResult
  readonly leaseUntil: Date
  /** Set when this was the last step. */
  readonly finishedAt: Date | null
}

/** False when the lease is lost or the job was cancelled: then the transaction must not be committed. */
export async function moveJob(sql: Sql, job: HeldJob, to: JobMove): Promise<boolean> {
  const { place, done, result, leaseUntil, finishedAt } = to
  const values = [JSON.stringify(place), done, JSON.stringify(result), leaseUntil, finishedAt]
  return (await sql.run(move, [job.id, job.leaseId, ...values])).length === 1
}

const fail: Statement = {
  name: 'fail-job',
  text: `UPDATE jobs SET state = 'failed', error = $4::text, finished_at = $5::timestamptz
    WHERE org_id = $1 AND id = $2::uuid AND lease_id = $3::uuid AND state = 'running' RETURNING id`,
}

/** Ends a job that cannot go on. */
export async function failJob(sql: Sql, job: HeldJob, why: { error: string; at: Date }): Promise<void> {
  await sql.run(fail, [job.id, job.leaseId, why.error, why.at])
}

const release: Statement = {
  name: 'release-job',
  text: `UPDATE jobs SET lease_until = NULL
    WHERE org_id = $1 AND id = $2::uuid AND lease_id = $3::uuid AND state = 'running'`,
}

/** Lets go of a job that is not over: anybody may go on at once. */
export async function releaseJob(sql: Sql, job: HeldJob): Promise<void> {
  await sql.run(release, [job.id, job.leaseId])
}

const cancel: Statement = {
  name: 'cancel-job',
  text: `UPDATE jobs SET state = 'cancelled', finished_at = $3::timestamptz
    WHERE org_id = $1 AND id = $2::uuid AND state IN ('waiting', 'running') RETURNING id`,
}

/** Ends an open job before its next step; false when it is over already. */
export async function cancelOpenJob(sql: Sql, what: { id: string; at: Date }): Promise<boolean> {
  return (await sql.run(cancel, [what.id, what.at])).length === 1
}

/** Jobs that give copies may run beside anything: they decide by memberships and assignments as they are. */
const ofMapping = `kind <> 'assign-managed-event'`

const cancelAll: Statement = {
  name: 'cancel-jobs',
  text: `UPDATE jobs SET state = 'cancelled', finished_at = $2::timestamptz
    WHERE org_id = $1 AND state IN ('waiting', 'running') AND ${ofMapping} AND kind <> 'derive-values' RETURNING id`,
}

/** Ends every open job of the group mapping that may be ended half-way; answers how many. */
export async function cancelMappingJobs(sql: Sql, at: Date): Promise<number> {
  return (await sql.run(cancelAll, [at])).length
}

const insert: Statement = {
  name: 'insert-job',
  text: `INSERT INTO jobs (org_id, id, kind, state, payload, total, actor_kind, actor_id, actor_name, created_at)
    SELECT $1, $2::uuid, $3::text, 'waiting', $4::jsonb,
        (SELECT pending + active + deactivated FROM organization_streams WHERE org_id = $1), $5::text, $6::uuid,
        $7::text, $8::timestamptz`,
}

export interface NewJob {
  readonly id: string
  readonly kind: string
  readonly payload: Readonly<Record<string, string>>
  readonly author: { readonly kind: string; readonly id: string | null; readonly name: string }
  readonly at: Date
}

/** A job over everybody who is not deleted. */
export async function insertJob(sql: Sql, job: NewJob): Promise<void> {
  const { author } = job
  const values = [job.id, job.kind, JSON.stringify(job.payload), author.kind, author.id, author.name, job.at]
  await sql.run(insert, values)
}

const resize: Statement = {
  name: 'resize-job',
  text: 'UPDATE jobs SET total = $3::int WHERE org_id = $1 AND id = $2::uuid',
}

/** How much there is to do, where it is not everybody. */
export async function resizeJob(sql: Sql, what: { id: string; total: number }): Promise<void> {
  await sql.run(resize, [what.id, what.total])
}

const open: Statement = {
  name: 'open-job',
  text: `SELECT id FROM jobs WHERE org_id = $1 AND state IN ('waiting', 'running') AND ${ofMapping}
    ORDER BY id LIMIT 1`,
}

/** The id of a job of the group mapping that is not over. */
export async function findMappingJob(sql: Sql): Promise<string | null> {
  const [row] = await sql.run<{ id: string }>(open, [])
  return row?.id ?? null
}

const lastDerivation: Statement = {
  name: 'last-derivation',
  text: `SELECT state FROM jobs WHERE org_id = $1 AND kind = 'derive-values' ORDER BY id DESC LIMIT 1`,
}

/** True when the last reading of everybody's values ended early: some are still those of another attribute. */
export async function isDerivationLeft(sql: Sql): Promise<boolean> {
  const [row] = await sql.run<{ state: JobState }>(lastDerivation, [])
  return row !== undefined && isOver(row.state) && row.state !== 'done'
}
