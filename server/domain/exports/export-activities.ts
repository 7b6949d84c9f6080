// The activity log as a CSV file, newest first, a block at a time.
import {
  readActivities,
  type ActivityFilter,
  type ActivityRow,
} from '#server/domain/activity-log/read-activities.sql.ts'
import { categoryOf } from '#server/domain/activity-log/rules/category.ts'
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { noteExport } from './note-export.ts'
import { csvLine } from './rules/csv.ts'

const columns = [
  'Time', 'By', 'Kind of actor', 'Category', 'Action', 'Subject', 'Subject ID', 'Before', 'After', 'Request ID', 'IP',
] // prettier-ignore
const block = 500

/** Yields pieces of the file: the head, then some lines each. Throws `organizations/not-in-plan`. */
export async function* exportActivities(ctx: Context, filter: ActivityFilter): AsyncGenerator<string, void> {
  demand(ctx.actor, 'activity:read')
  demandEntitlement(await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } }), 'activityLog')
  await noteExport(ctx, { what: 'activity', filter: printable(filter) })
  yield csvLine(columns)
  for (let id: string | null = null; ;) {
    const window = { id, ascending: false, take: block }
    const rows: ActivityRow[] = await readActivities(ctx.sql, { filter, window })
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(line).join('')
    id = last.id
  }
}

function printable({ from, to, ...filter }: ActivityFilter): object {
  const range = { ...(from ? { from: from.toISOString() } : {}), ...(to ? { to: to.toISOString() } : {}) }
  return Object.fromEntries(Object.entries({ ...filter, ...range }).filter(([, value]) => value != null))
}

function line(activity: ActivityRow): string {
  const { before, after, action } = activity
  return csvLine([
    activity.occurredAt,
    activity.actorName,
    activity.actorKind,
    categoryOf(action),
    action,
    activity.subjectName,
    activity.subjectId,
    textOf(before),
    textOf(after),
    activity.requestId,
    activity.ip,
  ])
}

function textOf(noted: unknown): string | null {
  return noted === null || noted === undefined ? null : JSON.stringify(noted)
}
