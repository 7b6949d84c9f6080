// Why somebody is in a group, and what would change it, as names, values and sentences.
import type { ResultOf } from '#web/graphql/graphql.ts'
import { fullTime } from '#web/lib/format.ts'
import type { MembershipFields } from './documents.ts'

export type Membership = ResultOf<typeof MembershipFields>
export type Source = Membership['sources'][number]
type Say = (key: string, named?: Record<string, string | number>) => string

export interface Fact {
  name: string
  value: string
  mono?: boolean
  time?: string
}

function rowOf(source: Source, t: Say, readsMapping: boolean): string {
  const row = source.mappingRow
  if (!row) return ''
  if (row.current) return t('memberships.row', { position: row.current.position })
  return row.position === null
    ? t('memberships.rowGone')
    : t(readsMapping ? 'memberships.rowWas' : 'memberships.row', { position: row.position })
}

function giverOf(source: Source, t: Say): Fact[] {
  const name = source.giver?.name ?? source.grantedBy
  if (!name) return []
  const kind = source.giver?.kind ?? 'SYSTEM'
  return [{ name: t(`memberships.givers.${kind}`), value: name }]
}

/**
 * The facts of one reason: value, attribute, row, giver and date; what is not known is left out. Who may not read the
 * mapping is told the row as it was: what became of it is not theirs to know.
 */
export function factsOfSource(source: Source, t: Say, readsMapping = true): Fact[] {
  const facts: Fact[] = [
    { name: t('memberships.value'), value: source.value ?? '', mono: true },
    { name: t('memberships.attribute'), value: source.mappingRow?.attribute?.label ?? '' },
    { name: t('memberships.mappingRow'), value: rowOf(source, t, readsMapping) },
    { name: t('memberships.waitedAs'), value: source.waitedAs ?? '', mono: true },
    ...giverOf(source, t),
    {
      name: t('memberships.since'),
      value: fullTime(Date.parse(source.grantedAt)),
      time: source.grantedAt,
    },
  ]
  return facts.filter(fact => fact.value !== '')
}

/** What would end a membership: every reason has to go, so each says how. */
export function remediesOf(membership: Membership, t: Say): string[] {
  const named = { group: membership.groupName }
  const each = membership.sources.map(source =>
    t(`memberships.remedies.${source.kind}`, { ...named, value: source.value ?? '' }),
  )
  return each.length > 1 ? [t('memberships.allMustGo'), ...each] : each
}
