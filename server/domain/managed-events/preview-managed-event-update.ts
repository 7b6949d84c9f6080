// What saving an edit would do to holders: how many see it, and what of theirs it overwrites. Writes nothing.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transactSql } from '#server/domain/transact.ts'
import { demandManagedEvents } from './demand-managed-events.ts'
import { editorOf } from './rules/editor.ts'
import { unknownManagedEvent } from './rules/refusals.ts'
import { contentsWith, revise } from './rules/revise.ts'
import type { Section } from './rules/section.ts'
import {
  countHolders,
  countOwnSections,
  countSlugClashes,
  shareManagedEvent,
} from './store-managed-event.sql.ts'
import type { UpdateManagedEventInput } from './update-managed-event.ts'

export interface ManagedEventUpdatePreview {
  /** Copies whose holders see something else afterwards. */
  readonly copiesChanged: number
  /** Sections that every holder sees anew. */
  readonly synced: readonly Section[]
  /** Changed, and seen by nobody who holds a copy already. */
  readonly unreached: readonly Section[]
  /** What holders have written themselves and would lose. */
  readonly overwritten: readonly { readonly section: Section; readonly people: number }[]
  /** People whose own meeting type would move aside. */
  readonly slugClashes: number
}

/** Throws `managed-events/unknown`, and `organizations/not-in-plan` like the update itself. */
export async function previewManagedEventUpdate(
  ctx: Context,
  input: UpdateManagedEventInput,
): Promise<ManagedEventUpdatePreview> {
  demand(ctx.actor, 'managed-events:write')
  const { locks, ...preview } = await transactSql(ctx, async ({ sql, clock, actor }) => {
    const current = await shareManagedEvent(sql, input.managedEventId)
    if (current === null) throw unknownManagedEvent()
    const contents = contentsWith(current.template, input.contents)
    const edited = { at: clock.now(), by: editorOf(actor) }
    const revised = revise(current, { contents, editable: input.editable }, edited)
    const { synced = [], locked = [], changed = [] } = revised ?? {}
    const managedEventId = current.id
    const own = await countOwnSections(sql, { managedEventId, sections: locked })
    const moves = synced.includes('booking')
    return {
      locks: locked.length > 0,
      copiesChanged: synced.length === 0 ? 0 : await countHolders(sql, managedEventId),
      synced,
      unreached: changed.filter(section => !synced.includes(section)),
      overwritten: own.map(({ section, people }) => ({ section: section as Section, people })),
      slugClashes: moves ? await countSlugClashes(sql, { managedEventId, slug: contents.booking.slug }) : 0,
    }
  })
  await demandManagedEvents(ctx, { locks })
  return preview
}
