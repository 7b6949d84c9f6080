// Writes down who took data out as a file.
import { noteActivity } from '#server/domain/activity-log/note-activity.ts'
import type { Context } from '#server/domain/context.ts'

export interface ExportNote {
  readonly what: 'users' | 'groups' | 'group_mapping' | 'group_mapping_preview' | 'change_set' | 'activity'
  readonly filter: object
}

/** A line of the activity log. */
export async function noteExport(ctx: Context, input: ExportNote): Promise<void> {
  await noteActivity(ctx, { action: `${input.what}.export`, after: { ...input.filter } })
}
