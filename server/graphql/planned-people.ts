// Pages of people with what a mapping would do to them, or a change set has done.
import { listMovedPeople, type ListMovedPeopleInput } from '#server/domain/change-sets/list-moved-people.ts'
import type { MappingPreview } from '#server/domain/group-mappings/preview-group-mapping.ts'
import {
  countClassMembers,
  readClassPage,
  type ClassMember,
  type PeopleClass,
} from '#server/domain/group-mappings/read-classes.sql.ts'
import type {
  MoveKind as DomainKind,
  PlannedClass,
} from '#server/domain/group-mappings/rules/plan-summary.ts'
import { planReason } from '#server/domain/group-mappings/rules/reason.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import type { Call } from './call.ts'
import { pageSize } from './cost.ts'
import { uuidIn } from './ids.ts'
import type { PersonShape } from './types/planned-person.ts'

type Planned = PlannedClass<PeopleClass>

interface PageArgs {
  readonly kinds?: readonly DomainKind[] | null | undefined
  readonly search?: string | null | undefined
  readonly from?: string | null | undefined
  readonly to?: string | null | undefined
  readonly fromNone?: boolean | null | undefined
  readonly toNone?: boolean | null | undefined
  readonly unmatched?: boolean | null | undefined
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

export async function peoplePage(
  call: Call,
  { preview }: { readonly preview: MappingPreview },
  args: PageArgs,
) {
  const planned = preview.summary.classes.filter(each => isWanted(each, args))
  const classes = planned.map(({ of }) => of.key)
  const search = nameKey((args.search ?? '').trim())
  const take = args.first ?? pageSize.standard
  const { sql } = call.org
  const found = await readClassPage(sql, { classes, search, after: placeOf(args.after), take: take + 1 })
  const rows = found.slice(0, take)
  const edges = rows.flatMap(member => {
    const of = planned[member.n]
    return of === undefined ? [] : [{ cursor: cursorOf(member), node: shapeOf(member, of, preview) }]
  })
  const total = (): number | Promise<number> =>
    search === ''
      ? planned.reduce((sum, { of }) => sum + of.people, 0)
      : countClassMembers(sql, { classes, search })
  return { edges, pageInfo: pageInfoOf(edges, { more: found.length > take, args }), total }
}

function shapeOf(
  { id, name }: ClassMember,
  { of: { person }, plan, kind, from, to }: Planned,
  { draft: { mapping, names } }: MappingPreview,
): PersonShape {
  const { frozen, values } = person
  return { id, name, kind, frozen, values, from, to, names, reason: planReason(person, plan, mapping) }
}

interface MovedArgs {
  readonly search?: string | null | undefined
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** Whom a change set has moved, or whom undoing it would move. */
export async function movedPage(
  call: Call,
  which: Pick<ListMovedPeopleInput, 'changeSetId' | 'of'>,
  args: MovedArgs,
) {
  const take = args.first ?? pageSize.standard
  const asked = { ...which, search: args.search ?? '', after: placeOf(args.after) }
  const { people, total } = await listMovedPeople(call.org, { ...asked, take: take + 1 })
  const edges = people.slice(0, take).map(person => {
    return { cursor: cursorOf(person), node: { ...person, frozen: person.status === 'deactivated' } }
  })
  return { edges, pageInfo: pageInfoOf(edges, { more: people.length > take, args }), total }
}

function pageInfoOf(
  edges: readonly { readonly cursor: string }[],
  { more, args }: { more: boolean; args: MovedArgs },
) {
  return {
    hasNextPage: more,
    hasPreviousPage: typeof args.after === 'string',
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  }
}

function isWanted(planned: Planned, { kinds, unmatched, ...ends }: PageArgs): boolean {
  if (kinds && !kinds.includes(planned.kind)) return false
  if (!isEnd(planned.from, { group: ends.from, none: ends.fromNone })) return false
  if (!isEnd(planned.to, { group: ends.to, none: ends.toNone })) return false
  return unmatched !== true || (!planned.plan.matched && !planned.of.person.frozen)
}

interface WantedEnd {
  readonly group: string | null | undefined
  readonly none: boolean | null | undefined
}

/** Whether these groups are what was asked for: one of them, or none at all. */
function isEnd(groups: readonly string[], { group, none }: WantedEnd): boolean {
  if (none === true && groups.length > 0) return false
  return !group || groups.includes(uuidIn('Group', group))
}

function cursorOf({ name, id }: { readonly name: string; readonly id: string }): string {
  return Buffer.from(JSON.stringify([name, id])).toString('base64url')
}

/** What is none of ours begins at the start. */
function placeOf(cursor: string | null | undefined): { name: string; id: string } | null {
  if (typeof cursor !== 'string') return null
  const [name, id] = /^\["(.*)","([0-9a-f-]{36})"\]$/su
    .exec(Buffer.from(cursor, 'base64url').toString('utf8'))
    ?.slice(1) ?? ['', '']
  return id === '' || id === undefined ? null : { name: textOf(name ?? ''), id }
}

function textOf(escaped: string): string {
  return JSON.parse(`"${escaped}"`) as string
}
