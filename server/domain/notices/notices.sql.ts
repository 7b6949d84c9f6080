// What ends soon, what was told of it, and to whom.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { ConditionKind, ToldCondition } from './rules/condition.ts'
import type { Subject, SubjectKind, Told } from './rules/expiry.ts'

/** Subjects read at once; of more than this the earliest ends are told first. */
export const mostSubjects = 500

/**
 * A token that has a living successor may end, and so may a secret beside one that lasts longer. What has ended says
 * nothing once there is something newer to take its place. Keys are told to those who made them, while they are admins.
 */
const subjects: Statement = {
  name: 'read-notice-subjects',
  text: `SELECT * FROM (
    SELECT 'scim-token' AS kind, t.id::text AS id, t.name, t.created_at AS "createdAt", t.expires_at AS "expiresAt",
           NULL::uuid AS "audienceId"
      FROM scim_tokens t
     WHERE t.org_id = $1 AND t.revoked_at IS NULL AND t.expires_at BETWEEN $2::timestamptz AND $3::timestamptz
       AND NOT EXISTS (SELECT 1 FROM scim_tokens n WHERE n.org_id = $1 AND n.revoked_at IS NULL
             AND (n.id = t.replaced_by_id OR (t.expires_at <= $4::timestamptz AND n.created_at > t.created_at
                  AND (n.expires_at IS NULL OR n.expires_at > $4::timestamptz))))
    UNION ALL
    SELECT 'oauth-secret', s.id::text, c.name, s.created_at, s.expires_at, NULL::uuid
      FROM oauth_client_secrets s JOIN oauth_clients c ON c.org_id = $1 AND c.id = s.client_id
     WHERE s.org_id = $1 AND s.revoked_at IS NULL AND c.revoked_at IS NULL
       AND s.expires_at BETWEEN $2::timestamptz AND $3::timestamptz
       AND NOT EXISTS (SELECT 1 FROM oauth_client_secrets n WHERE n.org_id = $1 AND n.client_id = s.client_id
             AND n.revoked_at IS NULL AND (n.expires_at, n.id) > (s.expires_at, s.id))
    UNION ALL
    SELECT 'api-key', k.id::text, k.name, k.created_at, k.expires_at, u.id
      FROM api_keys k LEFT JOIN users u ON u.org_id = $1 AND u.id = k.created_by_id AND u.status = 'active'
            AND u.role IN ('owner', 'admin')
     WHERE k.org_id = $1 AND k.revoked_at IS NULL
       AND k.expires_at BETWEEN $2::timestamptz AND $3::timestamptz) AS ending
    ORDER BY "expiresAt", id LIMIT ${String(mostSubjects)}`,
}

/** Tokens, secrets and keys that end in this span of time, certificates apart. */
export function readSubjects(sql: Sql, at: { from: Date; to: Date; now: Date }): Promise<Subject[]> {
  return sql.run<Subject>(subjects, [at.from, at.to, at.now])
}

const told: Statement = {
  name: 'read-told-notices',
  text: `SELECT DISTINCT ON (subject_kind, subject_id) id, subject_kind AS "subjectKind", subject_id AS "subjectId",
      threshold, resolved_at AS "resolvedAt"
    FROM notices WHERE org_id = $1 AND expires_at IS NOT NULL
      AND (resolved_at IS NULL OR subject_id = ANY($2::text[]))
    ORDER BY subject_kind, subject_id, threshold`,
}

/** The latest notice of each of these subjects, and of every other one that has an open notice. */
export function readTold(sql: Sql, subjectIds: readonly string[]): Promise<Told[]> {
  return sql.run<Told>(told, [subjectIds])
}

const toldConditions: Statement = {
  name: 'read-told-conditions',
  text: `SELECT DISTINCT ON (subject_kind) id, subject_kind AS kind, subject_id AS "subjectId",
      resolved_at AS "resolvedAt"
    FROM notices WHERE org_id = $1 AND began_at IS NOT NULL ORDER BY subject_kind, id DESC`,
}

/** The latest notice of each kind that lasts rather than ends. */
export function readToldConditions(sql: Sql): Promise<ToldCondition[]> {
  return sql.run<ToldCondition>(toldConditions, [])
}

const insert: Statement = {
  name: 'insert-notice',
  text: `INSERT INTO notices (org_id, id, subject_kind, subject_id, subject_name, threshold, audience_id, noticed_at,
      expires_at, began_at)
    VALUES ($1, $2::uuid, $3::text, $4::text, $5::text, $6::int, $7::uuid, $8::timestamptz, $9::timestamptz,
      $10::timestamptz)
    ON CONFLICT (org_id, subject_kind, subject_id, threshold) DO NOTHING RETURNING id`,
}

export interface NewNotice {
  readonly id: string
  readonly subject: Pick<Subject, 'id' | 'name' | 'audienceId'> & {
    readonly kind: SubjectKind | ConditionKind
  }
  readonly threshold: number
  readonly at: Date
  /** The end it tells of, or since when it lasts. */
  readonly expiresAt: Date | null
  readonly beganAt: Date | null
}

/** False when somebody else has told it. */
export async function insertNotice(sql: Sql, notice: NewNotice): Promise<boolean> {
  const { id, subject, threshold, at, expiresAt, beganAt } = notice
  const about = [subject.kind, subject.id, subject.name, threshold, subject.audienceId]
  return (await sql.run(insert, [id, ...about, at, expiresAt, beganAt])).length === 1
}

const supersede: Statement = {
  name: 'supersede-notices',
  text: `UPDATE notices SET resolved_at = $5::timestamptz WHERE org_id = $1 AND subject_kind = $2::text
    AND subject_id = $3::text AND threshold > $4::int AND resolved_at IS NULL`,
}

/** Ends what was told of earlier steps. */
export async function supersedeNotices(sql: Sql, { subject, threshold, at }: NewNotice): Promise<void> {
  await sql.run(supersede, [subject.kind, subject.id, threshold, at])
}

const resolve: Statement = {
  name: 'resolve-notices',
  text: 'UPDATE notices SET resolved_at = $3::timestamptz WHERE org_id = $1 AND id = ANY($2::uuid[])',
}

/** Ends notices, or with null opens them again. */
export async function markNotices(sql: Sql, ids: readonly string[], resolvedAt: Date | null): Promise<void> {
  if (ids.length > 0) await sql.run(resolve, [ids, resolvedAt])
}

const recipients: Statement = {
  name: 'read-notice-recipients',
  text: `SELECT u.id AS "userId", u.display_name AS name, COALESCE(u.email, u.user_name) AS email
    FROM users u WHERE u.org_id = $1 AND u.status = 'active' AND u.role IN ('owner', 'admin')
     AND ($2::uuid IS NULL OR u.id = $2::uuid) ORDER BY u.id LIMIT 200`,
}

export interface Recipient {
  readonly userId: string
  readonly name: string
  readonly email: string | null
}

/** The active owner and admins, or the one among them. */
export function readRecipients(sql: Sql, audienceId: string | null): Promise<Recipient[]> {
  return sql.run<Recipient>(recipients, [audienceId])
}

const forget: Statement = {
  name: 'forget-notices',
  text: `DELETE FROM notices WHERE org_id = $1 AND resolved_at < $2::timestamptz
    AND COALESCE(expires_at, resolved_at) < $2::timestamptz`,
}

/** Deletes what was settled before a moment, once its subject's end lies before it, too: no step is told twice. */
export async function forgetNotices(sql: Sql, before: Date): Promise<void> {
  await sql.run(forget, [before])
}
