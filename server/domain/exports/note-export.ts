// Writes down who took data out as a file.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'

export interface ExportNote {
  readonly what: 'users' | 'groups' | 'group_mapping' | 'group_mapping_preview' | 'change_set'
  readonly filter: object
}

/** A line of the activity log. */
export async function noteExport(ctx: Context, input: ExportNote): Promise<void> {
  await transact(ctx, tx => {
    tx.note({ action: `${input.what}.export`, after: { ...input.filter } })
    return Promise.resolve()
  })
}
