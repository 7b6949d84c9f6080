// The shapes of groups and their members on these pages.
import type { ResultOf } from '#web/graphql/graphql.ts'
import type { PickItem } from '#web/ui/pick.ts'
import type { GroupFields, MemberFields } from './documents.ts'

export type GroupRow = ResultOf<typeof GroupFields>
export type GroupMemberRow = ResultOf<typeof MemberFields>
export type SourceKind = GroupMemberRow['sources'][number]['kind']

export const sourceKinds = ['MAPPING', 'SCIM', 'DEFAULT', 'MANUAL'] as const satisfies readonly SourceKind[]

/** Where the members of a group come from: only kinds that occur, with how many people. */
export function sourcesOf(counts: GroupRow['sourceCounts']): { kind: SourceKind; count: number }[] {
  const of: Record<SourceKind, number> = {
    MAPPING: counts.mapping,
    SCIM: counts.scim,
    DEFAULT: counts.default,
    MANUAL: counts.manual,
  }
  return sourceKinds.filter(kind => of[kind] > 0).map(kind => ({ kind, count: of[kind] }))
}

/** People for a list to pick from. */
export function pickItems(
  people: readonly { id: string; displayName: string; userName: string }[],
): PickItem[] {
  return people.map(({ id, displayName, userName }) => ({ id, name: displayName, hint: userName }))
}

export const groupTabs = ['members', 'values', 'events', 'admins', 'history'] as const
export type GroupTab = (typeof groupTabs)[number]
