// An admin makes a managed event; nobody holds it until it is assigned.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import { transact } from '#server/domain/transact.ts'
import { demandManagedEvents } from './demand-managed-events.ts'
import { faultsOf, slugFrom } from './rules/check.ts'
import { editorOf } from './rules/editor.ts'
import { slugTaken } from './rules/refusals.ts'
import { editableWith, firstStanding } from './rules/revise.ts'
import { defaults, sections, templateOf, type Contents, type Section } from './rules/section.ts'
import { insertManagedEvent } from './store-managed-event.sql.ts'

export interface CreateManagedEventInput {
  readonly details: Partial<Contents['details']> & { readonly name: string }
  readonly location?: Contents['location'] | null
  readonly questions?: Contents['questions'] | null
  readonly notifications?: Contents['notifications'] | null
  /** Without a slug it is made from the name. */
  readonly booking?: Partial<Contents['booking']> | null
  /** Sections that holders may edit; as locked as the plan allows when left out. */
  readonly editable?: readonly Section[] | null
}

/**
 * Throws `managed-events/bad-input`, `managed-events/slug-taken`, `organizations/not-in-plan`. Answers the new id.
 */
export async function createManagedEvent(ctx: Context, input: CreateManagedEventInput): Promise<string> {
  demand(ctx.actor, 'managed-events:write')
  const contents = contentsFrom(input)
  const faults = faultsOf(contents)
  if (faults.length > 0) throw invalidInput('managed-events/bad-input', faults)
  const { slug } = contents.booking
  try {
    return await transact(ctx, async tx => {
      const locking = input.editable ? editableWith(input.editable).length < sections.length : false
      const { locks } = await demandManagedEvents(tx, { locks: locking })
      const id = tx.clock.newId()
      const edited = { at: tx.clock.now(), by: editorOf(tx.actor) }
      const standing = firstStanding(templateOf(contents, edited), input.editable ?? (locks ? [] : sections))
      await insertManagedEvent(tx.sql, { id, standing, ...edited })
      const { name } = contents.details
      tx.record({ type: 'managed_event.created', detail: { subject: name } })
      const subject = { subjectKind: 'managed_event', subjectId: id }
      tx.note({ action: 'managed_event.create', ...subject, after: { name, slug } })
      return id
    })
  } catch (error) {
    throw isDuplicate(error) ? slugTaken(slug) : error
  }
}

function contentsFrom(input: CreateManagedEventInput): Contents {
  const details = { ...defaults.details, ...input.details, name: input.details.name.trim() }
  return {
    details,
    location: input.location ?? defaults.location,
    questions: input.questions ?? defaults.questions,
    notifications: input.notifications ?? defaults.notifications,
    booking: { ...defaults.booking, slug: slugFrom(details.name), ...input.booking },
  }
}
