// Reads everybody the plan has to decide about, taken together: people with the same values and the same memberships
// are one class, however many they are.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { Person, Source } from './rules/plan.ts'

export interface PeopleClass {
  readonly person: Person
  readonly people: number
  /** Changes when other people are in the class, be they as many as before. */
  readonly mark: string
  /** The class as the database compares it. */
  readonly key: ClassKey
}

export interface ClassKey {
  readonly values: readonly string[]
  readonly frozen: boolean
  readonly tokens: readonly string[]
}

/** Each membership as one text: why (m, d, or o for other), the group's id, the value. */
const placedWhere = (condition: string): string => `placed AS MATERIALIZED (
    SELECT s.user_id, array_agg(
        CASE s.kind WHEN 'mapping' THEN 'm' || s.group_id || COALESCE(s.detail->>'value', '')
                    WHEN 'default' THEN 'd' || s.group_id ELSE 'o' || s.group_id END
        ORDER BY s.group_id, s.kind) AS tokens
      FROM membership_sources s WHERE s.org_id = $1${condition} GROUP BY s.user_id)`
const placed = placedWhere('')

const read: Statement = {
  text: `WITH ${placed}
    SELECT u.identity_provider_groups AS values, u.status = 'deactivated' AS frozen,
           COALESCE(p.tokens, '{}') AS tokens, count(*)::int AS people,
           bit_xor(uuid_hash_extended(u.id, 0))::text AS mark
      FROM users u LEFT JOIN placed p ON p.user_id = u.id
     WHERE u.org_id = $1 AND u.deleted_at IS NULL GROUP BY 1, 2, 3`,
}

interface Row extends ClassKey {
  readonly people: number
  readonly mark: string
}

/** All classes; as many as there are different ways to be in groups with different values. */
export async function readClasses(sql: Sql): Promise<PeopleClass[]> {
  const rows = await sql.run<Row>(read, [])
  return rows.map(({ people, mark, ...key }) => ({ person: personOf(key), people, mark, key }))
}

const inPerson = placedWhere(
  ` AND s.user_id IN (SELECT a.user_id FROM managed_event_people a WHERE a.org_id = $1)`,
)

const holders: Statement = {
  text: `WITH ${inPerson}
    SELECT u.identity_provider_groups AS values, u.status = 'deactivated' AS frozen,
           COALESCE(p.tokens, '{}') AS tokens, a.managed_event_id AS "managedEventId", count(*)::int AS people
      FROM managed_event_people a JOIN users u ON u.org_id = $1 AND u.id = a.user_id
      LEFT JOIN placed p ON p.user_id = u.id
     WHERE a.org_id = $1 AND u.deleted_at IS NULL GROUP BY 1, 2, 3, 4`,
}

/** How many people of each class are assigned which managed event in person; all others are missing. */
export function readHoldersInPerson(
  sql: Sql,
): Promise<(ClassKey & { readonly managedEventId: string; readonly people: number })[]> {
  return sql.run(holders, [])
}

function personOf({ values, frozen, tokens }: ClassKey): Person {
  const parsed = tokens.map(token => ({ why: token[0], groupId: token.slice(1, 37), value: token.slice(37) }))
  const sources = parsed.flatMap(({ why, groupId, value }): Source[] => {
    if (why === 'o') return []
    return [why === 'm' ? { groupId, kind: 'mapping', value } : { groupId, kind: 'default', value: null }]
  })
  const otherwise = parsed.filter(({ why }) => why === 'o').map(({ groupId }) => groupId)
  return { values, frozen, sources, otherwise: [...new Set(otherwise)] }
}

export interface ClassPageQuestion {
  /** Only people of these classes. */
  readonly classes: readonly ClassKey[]
  /** Lower-case words to be found in names and addresses; empty for everybody. */
  readonly search: string
  /** Only people behind this place in the order of names. */
  readonly after: { readonly name: string; readonly id: string } | null
  readonly take: number
}

export interface ClassMember {
  /** Index in the question's `classes`. */
  readonly n: number
  readonly id: string
  readonly name: string
}

const page: Statement = {
  text: `WITH ${placed},
    classes AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS c(n int, values text[], frozen boolean, tokens text[]))
    SELECT c.n, u.id, u.display_name AS name
      FROM users u LEFT JOIN placed p ON p.user_id = u.id
      JOIN classes c ON c.values = u.identity_provider_groups AND c.tokens = COALESCE(p.tokens, '{}')
                    AND c.frozen = (u.status = 'deactivated')
     WHERE u.org_id = $1 AND u.deleted_at IS NULL
       AND ($3::text = '' OR strpos(u.search_key, $3::text) > 0)
       AND ($4::uuid IS NULL OR (u.display_name, u.id) > ($5::text, $4::uuid))
     ORDER BY u.display_name, u.id LIMIT $6::int`,
}

/** One page of people by name. */
export function readClassPage(sql: Sql, question: ClassPageQuestion): Promise<ClassMember[]> {
  const { classes, search, after, take } = question
  const keys = classes.map((key, n) => ({ n, ...key }))
  return sql.run<ClassMember>(page, [
    JSON.stringify(keys),
    search,
    after?.id ?? null,
    after?.name ?? '',
    take,
  ])
}

const count: Statement = {
  text: `WITH ${placed},
    classes AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS c(values text[], frozen boolean, tokens text[]))
    SELECT count(*)::int AS total
      FROM users u LEFT JOIN placed p ON p.user_id = u.id
      JOIN classes c ON c.values = u.identity_provider_groups AND c.tokens = COALESCE(p.tokens, '{}')
                    AND c.frozen = (u.status = 'deactivated')
     WHERE u.org_id = $1 AND u.deleted_at IS NULL AND strpos(u.search_key, $3::text) > 0`,
}

/** How many people of these classes the search finds. */
export async function countClassMembers(
  sql: Sql,
  question: Pick<ClassPageQuestion, 'classes' | 'search'>,
): Promise<number> {
  const [row] = await sql.run<{ total: number }>(count, [JSON.stringify(question.classes), question.search])
  return row?.total ?? 0
}
