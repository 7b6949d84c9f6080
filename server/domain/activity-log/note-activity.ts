// Notes what changes nothing here, such as a file that somebody took out.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import type { NewActivity } from './write-activities.sql.ts'

/** A line of the activity log. */
export async function noteActivity(ctx: Context, input: NewActivity): Promise<void> {
  await transact(ctx, tx => {
    tx.note(input)
    return Promise.resolve()
  })
}
