// People and groups as the server found them, as lines of the palette.
import type { ResultOf } from '#web/graphql/graphql.ts'
import { wholeNumber } from '#web/lib/format.ts'
import type { PaletteQuery } from './documents.ts'
import type { PaletteEntry } from './palette-entry.ts'

type Answer = ResultOf<typeof PaletteQuery>['organization']
type Person = NonNullable<NonNullable<Answer>['users']>['nodes'][number]
type Group = NonNullable<NonNullable<Answer>['groups']>['nodes'][number]
type Words = (key: string, values: Record<string, string>, count: number) => string

/** A person leads to their drawer, on the tab that lists them. */
function personEntry({ id, displayName, userName, status }: Person): PaletteEntry {
  const tab = status === 'ACTIVE' ? '' : `tab=${status.toLowerCase()}&`
  return {
    id: `person:${id}`,
    kind: 'person',
    label: displayName,
    hint: userName,
    icon: 'i-lucide-user',
    to: `/users?${tab}user=${encodeURIComponent(id)}`,
  }
}

function groupEntry({ id, name, memberCount }: Group, t: Words): PaletteEntry {
  return {
    id: `group:${id}`,
    kind: 'group',
    label: name,
    hint: t('palette.members', { count: wholeNumber(memberCount) }, memberCount),
    icon: 'i-lucide-users-round',
    to: `/groups/${encodeURIComponent(id)}`,
  }
}

/** How many of a kind the server is asked for. */
const most = 8

/** Where the rest of them is, when there may be more. */
function allPeople(search: string, t: Words): PaletteEntry {
  return {
    id: `person:all:${search}`,
    kind: 'person',
    label: t('palette.allPeople', { search }, most),
    icon: 'i-lucide-users',
    to: `/users?q=${encodeURIComponent(search)}`,
  }
}

/** People first, then groups. */
export function foundEntries(organization: Answer | undefined, search: string, t: Words): PaletteEntry[] {
  const people = organization?.users?.nodes ?? []
  const groups = organization?.groups?.nodes ?? []
  const more = people.length < most ? [] : [allPeople(search, t)]
  return [...people.map(personEntry), ...more, ...groups.map(group => groupEntry(group, t))]
}
