// What changes when a template is edited: for itself, and for the copies of its holders.
import {
  contentsOf,
  sections,
  type Contents,
  type Editor,
  type OwnSections,
  type Section,
  type Template,
} from './section.ts'

/** The template with its locks, as it is stored. */
export interface Standing {
  readonly template: Template
  /** Sections that holders may edit; location is always one of them. */
  readonly editable: readonly Section[]
  /** By editable section: the revision since which template changes do not reach holders. */
  readonly unlockedSince: Readonly<Partial<Record<Section, number>>>
  readonly revision: number
}

/** Fields to be written into sections; lists as a whole. */
export type SectionEdits = { readonly [Name in Section]?: Partial<Contents[Name]> | undefined }

/** The contents of a template with the edits in them. */
export function contentsWith(template: Template, edits: SectionEdits): Contents {
  const now = contentsOf(template)
  return {
    details: { ...now.details, ...edits.details },
    location: { ...now.location, ...edits.location },
    questions: { ...now.questions, ...edits.questions },
    notifications: { ...now.notifications, ...edits.notifications },
    booking: { ...now.booking, ...edits.booking },
  }
}

export interface Edit {
  readonly contents: Partial<Contents>
  /** Null leaves the locks as they are. */
  readonly editable: readonly Section[] | null
}

export interface Revised extends Standing {
  /** Sections whose content is another one now. */
  readonly changed: readonly Section[]
  /** What holders had written here is overwritten. */
  readonly locked: readonly Section[]
  readonly unlocked: readonly Section[]
  /** Changed or locked, and seen by every holder. */
  readonly synced: readonly Section[]
}

/** Every section that holders may edit: location is never locked. */
export function editableWith(wanted: readonly Section[]): Section[] {
  return sections.filter(section => section === 'location' || wanted.includes(section))
}

/** A new template with its locks. */
export function firstStanding(template: Template, editable: readonly Section[]): Standing {
  const open = editableWith(editable)
  return { template, editable: open, unlockedSince: sinceOf(open, () => 1), revision: 1 }
}

/** The standing after the edit; null when it changes nothing. */
export function revise(before: Standing, edit: Edit, edited: { at: Date; by: Editor }): Revised | null {
  const editable = edit.editable === null ? before.editable : editableWith(edit.editable)
  const old = contentsOf(before.template)
  const changed = sections.filter(section => {
    const content = edit.contents[section]
    return content !== undefined && !same(content, old[section])
  })
  const unlocked = editable.filter(section => !before.editable.includes(section))
  const locked = before.editable.filter(section => !editable.includes(section))
  if (changed.length + unlocked.length + locked.length === 0) return null
  const revision = before.revision + 1
  const mark = { at: edited.at.toISOString(), by: edited.by }
  const fresh = Object.fromEntries(
    changed.map(section => [section, { content: edit.contents[section], ...mark }]),
  ) as Partial<Template>
  // A section that was locked until now is seen by everybody with what is written into it while it is unlocked.
  const shared = sections.filter(section => !editable.includes(section) || unlocked.includes(section))
  return {
    template: { ...before.template, ...fresh },
    editable,
    unlockedSince: sinceOf(editable, section => before.unlockedSince[section] ?? revision),
    revision,
    changed,
    locked,
    unlocked,
    synced: shared.filter(section => changed.includes(section) || locked.includes(section)),
  }
}

function sinceOf(
  editable: readonly Section[],
  since: (section: Section) => number,
): Partial<Record<Section, number>> {
  return Object.fromEntries(editable.map(section => [section, since(section)]))
}

/** The revision whose template a holder of an editable section sees until they edit it. */
export function baseOf(section: Section, copy: { readonly baseRevision: number }, event: Standing): number {
  return Math.max(copy.baseRevision, event.unlockedSince[section] ?? event.revision)
}

export interface HeldCopy {
  readonly slug: string
  readonly baseRevision: number
  readonly own: OwnSections
}

/** What a holder sees: the template where it is locked, else their own words, else what they got. */
export function showAll(
  copy: HeldCopy,
  event: { readonly standing: Standing; readonly baseAt: (revision: number) => Template },
): Template {
  const shown = Object.fromEntries(sections.map(section => [section, shownSection(section, copy, event)]))
  const { booking, ...others } = shown as Template
  return { ...others, booking: { ...booking, content: { ...booking.content, slug: copy.slug } } }
}

function shownSection(
  section: Section,
  copy: HeldCopy,
  { standing, baseAt }: Parameters<typeof showAll>[1],
): Template[Section] {
  if (!standing.editable.includes(section)) return standing.template[section]
  return copy.own[section] ?? baseAt(baseOf(section, copy, standing))[section]
}

/** Equal as JSON, whatever the order of names: what comes back from the database is sorted. */
export function same(one: unknown, other: unknown): boolean {
  return stable(one) === stable(other)
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}
