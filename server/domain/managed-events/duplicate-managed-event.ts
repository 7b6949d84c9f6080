// An admin copies a managed event; the copy is assigned to nobody.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import { lostRace, transact } from '#server/domain/transact.ts'
import { demandManagedEvents } from './demand-managed-events.ts'
import { faultsOf } from './rules/check.ts'
import { editorOf } from './rules/editor.ts'
import { unknownManagedEvent } from './rules/refusals.ts'
import { firstStanding } from './rules/revise.ts'
import { contentsOf, sections, templateOf } from './rules/section.ts'
import { insertManagedEvent, shareManagedEvent } from './store-managed-event.sql.ts'
import { readFreeSlug } from './read-free-slug.sql.ts'

/**
 * Named "Copy of …" at the first free address, with the same locks. Throws `managed-events/unknown`,
 * `organizations/not-in-plan`. Answers the new id.
 */
export async function duplicateManagedEvent(
  ctx: Context,
  input: { managedEventId: string },
): Promise<string> {
  demand(ctx.actor, 'managed-events:write')
  try {
    return await transact(ctx, async tx => {
      const original = await shareManagedEvent(tx.sql, input.managedEventId)
      if (original === null) throw unknownManagedEvent()
      await demandManagedEvents(tx, { locks: original.editable.length < sections.length })
      const { details, booking, ...others } = contentsOf(original.template)
      const name = `Copy of ${details.name}`.slice(0, 100)
      const slug = await readFreeSlug(tx.sql, booking.slug.slice(0, 50))
      const contents = { ...others, details: { ...details, name }, booking: { ...booking, slug } }
      const faults = faultsOf(contents)
      if (faults.length > 0) throw invalidInput('managed-events/bad-input', faults)
      const id = tx.clock.newId()
      const edited = { at: tx.clock.now(), by: editorOf(tx.actor) }
      const standing = firstStanding(templateOf(contents, edited), original.editable)
      await insertManagedEvent(tx.sql, { id, standing, ...edited })
      tx.record({ type: 'managed_event.created', detail: { subject: name } })
      const subject = { subjectKind: 'managed_event', subjectId: id }
      tx.note({ action: 'managed_event.duplicate', ...subject, after: { name, slug, of: original.id } })
      return id
    })
  } catch (error) {
    throw isDuplicate(error) ? lostRace('The address') : error
  }
}
