// An admin edits a managed event: what is locked reaches every holder, what is not reaches none.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { patienceFor } from '#server/domain/memberships/rules/moved-people.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { demandManagedEvents } from './demand-managed-events.ts'
import { faultsOf } from './rules/check.ts'
import { editorOf } from './rules/editor.ts'
import { slugTaken, staleManagedEvent, unknownManagedEvent } from './rules/refusals.ts'
import { contentsWith, revise, type Revised, type SectionEdits } from './rules/revise.ts'
import type { Section } from './rules/section.ts'
import {
  forgetOwnSections,
  lockHolders,
  lockManagedEvent,
  updateManagedEventRow,
} from './store-managed-event.sql.ts'
import { moveCopiesToSlug } from './write-copies.sql.ts'

export interface UpdateManagedEventInput {
  readonly managedEventId: string
  /** What is left out stays as it is, field by field. */
  readonly contents: SectionEdits
  /** Sections that holders may edit; null leaves the locks as they are. */
  readonly editable: readonly Section[] | null
  /** The revision that was edited; another one now is refused with `managed-events/stale`. */
  readonly revision?: number | null
}

/**
 * Throws `managed-events/unknown`, `managed-events/bad-input`, `managed-events/slug-taken`, `managed-events/stale`,
 * `organizations/not-in-plan` (locking needs its own entitlement). Nothing is written when nothing changes.
 */
export async function updateManagedEvent(ctx: Context, input: UpdateManagedEventInput): Promise<void> {
  demand(ctx.actor, 'managed-events:write')
  let slug = ''
  try {
    await transact(
      ctx,
      async tx => {
        const current = await lockManagedEvent(tx.sql, input.managedEventId)
        if (current === null) throw unknownManagedEvent()
        if (typeof input.revision === 'number' && input.revision !== current.revision)
          throw staleManagedEvent()
        const contents = contentsWith(current.template, input.contents)
        const faults = faultsOf(contents)
        if (faults.length > 0) throw invalidInput('managed-events/bad-input', faults)
        slug = contents.booking.slug
        const edited = { at: tx.clock.now(), by: editorOf(tx.actor) }
        const revised = revise(current, { contents, editable: input.editable }, edited)
        await demandManagedEvents(tx, { locks: (revised?.locked.length ?? 0) > 0 })
        if (revised === null) return
        await updateManagedEventRow(tx.sql, { id: current.id, standing: revised, ...edited })
        await reachCopies(tx, { id: current.id, revised })
        tell(tx, { id: current.id, revised })
      },
      patienceFor(100_000),
    )
  } catch (error) {
    throw isDuplicate(error) ? slugTaken(slug) : error
  }
}

interface Changed {
  readonly id: string
  readonly revised: Revised
}

/** Locked sections are read from the template; only what holders have of their own is touched. */
async function reachCopies(tx: Transaction, { id, revised }: Changed): Promise<void> {
  await forgetOwnSections(tx.sql, { managedEventId: id, sections: revised.locked })
  if (!revised.synced.includes('booking')) return
  await lockHolders(tx.sql, id)
  await moveCopiesToSlug(tx.sql, { managedEventId: id, slug: revised.template.booking.content.slug })
}

function tell(tx: Transaction, { id, revised }: Changed): void {
  const { name } = revised.template.details.content
  const changes = revised.changed.map(path => ({ path, before: null, after: null }))
  tx.record({ type: 'managed_event.updated', detail: { subject: name, changes } })
  const { changed, locked, unlocked } = revised
  tx.note({
    action: 'managed_event.update',
    subjectKind: 'managed_event',
    subjectId: id,
    after: { name, changed: [...changed], locked: [...locked], unlocked: [...unlocked] },
  })
}
