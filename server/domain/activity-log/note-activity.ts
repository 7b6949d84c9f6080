// Notes what an admin did where the change itself is one statement, which also writes its provisioning event.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import type { NewActivity } from './write-activities.ts'

/** A line of the activity log. */
export async function noteActivity(ctx: Context, input: NewActivity): Promise<void> {
  await transact(ctx, tx => {
    tx.note(input)
    return Promise.resolve()
  })
}
