// The activity log: what an admin, an API key or the operator did, written in the change's transaction.
import type { Prisma } from '#prisma/client.ts'
import { authorOf, type Actor } from '#server/domain/actor.ts'
import type { Clock, Sql, Statement } from '#server/domain/context.ts'

export interface NewActivity {
  /** Verb and noun, e.g. `scim_token.issue`. */
  readonly action: string
  readonly subjectKind?: string
  readonly subjectId?: string
  readonly before?: Prisma.InputJsonObject
  readonly after?: Prisma.InputJsonObject
}

const write: Statement = {
  name: 'write-activities',
  text: `INSERT INTO activities (org_id, id, occurred_at, actor_kind, actor_id, actor_name, action, subject_kind,
      subject_id, before, after, request_id, ip)
    SELECT $1, a.id, a.at, a.actor_kind, a.actor_id, a.actor_name, a.action, a.subject_kind, a.subject_id, a.before,
           a.after, a.request_id, a.ip
      FROM jsonb_to_recordset($2::jsonb) AS a(id uuid, at timestamptz, actor_kind text, actor_id uuid, actor_name text,
        action text, subject_kind text, subject_id text, before jsonb, after jsonb, request_id text, ip text)`,
}

/** Writes the lines; never the secret, only ids, names and settings belong into before and after. */
export async function writeActivities(
  tx: { sql: Sql; clock: Clock; actor: Actor },
  activities: readonly NewActivity[],
): Promise<void> {
  if (activities.length === 0) return
  const { actor, clock } = tx
  const author = authorOf(actor)
  const rows = activities.map(({ action, subjectKind, subjectId, before, after }) => ({
    id: clock.newId(),
    at: clock.now(),
    actor_kind: author.kind,
    actor_id: author.id,
    actor_name: author.name,
    action,
    subject_kind: subjectKind,
    subject_id: subjectId,
    before,
    after,
    request_id: actor.origin.requestId,
    ip: actor.origin.ip,
  }))
  await tx.sql.run(write, [JSON.stringify(rows)])
}
