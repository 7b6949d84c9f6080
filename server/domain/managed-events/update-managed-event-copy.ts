// A holder edits their copy of a managed event, where it is not locked.
import { demand, type Actor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError, invalidInput } from '#server/domain/error.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { readCopy, readRevisions, readSlugUse, updateCopyRow, type StoredCopy } from './copy.sql.ts'
import { demandManagedEvents } from './demand-managed-events.ts'
import { faultsOf } from './rules/check.ts'
import { editorOf } from './rules/editor.ts'
import { sectionLocked, unknownManagedEvent } from './rules/refusals.ts'
import { baseOf, contentsWith, same, showAll, type SectionEdits } from './rules/revise.ts'
import {
  contentsOf,
  sections,
  type Contents,
  type OwnSections,
  type Section,
  type Template,
} from './rules/section.ts'
import { shareManagedEvent, type StoredManagedEvent } from './store-managed-event.sql.ts'
import { lockUser } from '#server/domain/users/read-user.sql.ts'

export interface UpdateManagedEventCopyInput {
  readonly managedEventId: string
  readonly userId: string
  readonly contents: SectionEdits
}

/**
 * Holders edit their own copy; whoever may write managed events edits any. The same again changes nothing. Throws
 * `managed-events/unknown` (also for people without a copy), `managed-events/section-locked`,
 * `managed-events/bad-input`, `managed-events/address-in-use`, `organizations/not-in-plan`.
 */
export async function updateManagedEventCopy(
  ctx: Context,
  input: UpdateManagedEventCopyInput,
): Promise<void> {
  if (!isHolder(ctx.actor, input.userId)) demand(ctx.actor, 'managed-events:write')
  await transact(ctx, async tx => {
    const user = await lockUser(tx.sql, input.userId)
    const event = await shareManagedEvent(tx.sql, input.managedEventId)
    const copy = event === null ? null : await readCopy(tx.sql, input)
    if (event === null || copy === null || user === null) throw unknownManagedEvent()
    await demandManagedEvents(tx, { locks: false })
    const shown = await shownTo(tx, { event, copy })
    const contents = contentsWith(shown, input.contents)
    const changed = sections.filter(section => !same(contents[section], contentsOf(shown)[section]))
    if (changed.length === 0) return
    refuse(changed, { event, contents })
    if (contents.booking.slug !== copy.slug) await demandFree(tx, { ...input, slug: contents.booking.slug })
    const own = { ...copy.own, ...ownOf(tx, { changed, contents }) }
    await updateCopyRow(tx.sql, { ...copy, own, slug: contents.booking.slug })
    const subject = { subjectKind: 'managed_event', subjectId: event.id }
    tx.note({
      action: 'managed_event.edit_copy',
      ...subject,
      after: { userId: copy.userId, changed: [...changed] },
    })
  })
}

function isHolder(actor: Actor, userId: string): boolean {
  return actor.kind === 'person' && actor.userId === userId
}

async function shownTo(
  tx: Transaction,
  { event, copy }: { event: StoredManagedEvent; copy: StoredCopy },
): Promise<Template> {
  const wanted = sections.map(section => baseOf(section, copy, event))
  const bases = await readRevisions(tx.sql, { managedEventId: event.id, revisions: wanted })
  return showAll(copy, { standing: event, baseAt: revision => bases.get(revision) ?? event.template })
}

function refuse(changed: readonly Section[], about: { event: StoredManagedEvent; contents: Contents }): void {
  const locked = changed.find(section => !about.event.editable.includes(section))
  if (locked !== undefined) throw sectionLocked(locked)
  const faults = faultsOf(about.contents)
  if (faults.length > 0) throw invalidInput('managed-events/bad-input', faults)
}

async function demandFree(
  tx: Transaction,
  what: { managedEventId: string; userId: string; slug: string },
): Promise<void> {
  if (!(await readSlugUse(tx.sql, what))) return
  throw new DomainError({
    kind: 'conflict',
    code: 'managed-events/address-in-use',
    message: `The address "${what.slug}" is in use. Choose another one.`,
  })
}

function ownOf(
  tx: Transaction,
  { changed, contents }: { changed: readonly Section[]; contents: Contents },
): OwnSections {
  const mark = { at: tx.clock.now().toISOString(), by: editorOf(tx.actor) }
  return Object.fromEntries(changed.map(section => [section, { content: contents[section], ...mark }]))
}
