// Adds and removes members of a locked group: one statement a kind, whatever the size of group and change.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { People } from '#server/domain/provisioning-log/rules/event.ts'
import type { SourceKind } from './rules/source.ts'

/** Beside the group's id and the ids of people: which reason is given or taken. */
export interface MemberWriting {
  readonly groupId: string
  readonly kind: SourceKind
  readonly ids: readonly string[]
}

const wanted = `wanted AS MATERIALIZED (
  SELECT DISTINCT w.id FROM unnest(string_to_array($3::text, ',')::uuid[]) AS w(id))`

/** The first hundred of a CTE of ids, with their names, and how many there are. */
const told = (from: string): string => `(SELECT count(*)::int FROM ${from}) AS count,
  (SELECT json_agg(json_build_object('id', p.id, 'name', (
       SELECT u.display_name FROM users u WHERE u.org_id = $1 AND u.id = p.id)) ORDER BY p.id)
     FROM (SELECT id FROM ${from} ORDER BY id LIMIT 100) p) AS people`

/** Read under the group's lock, so that nobody assigns a managed event at the same moment. */
const assigned = `(SELECT json_agg(a.managed_event_id) FROM managed_event_groups a
  WHERE a.org_id = $1 AND a.group_id = $2::uuid) AS assigned`

const everyone = 'SELECT w.id FROM wanted w'
/**
 * A deleted person has no source, so whoever has one is known. LATERAL with LIMIT is one look into the index each,
 * whatever the statistics say of a table that was empty a moment ago.
 */
const withoutSource = `${everyone} LEFT JOIN LATERAL (SELECT true AS there FROM membership_sources s
  WHERE s.org_id = $1 AND s.group_id = $2::uuid AND s.user_id = w.id AND s.kind = $4::text LIMIT 1) s ON true
  WHERE s.there IS NULL`

// People are locked in the order of their ids before anything is written, so that no one can vanish meanwhile. The
// planner cannot know how many are missing: NOT IN is looked up in a hash table whatever it guesses, where a join was
// planned as a loop over both lists.
const addition = (name: string, { who, again }: { who: string; again: string }): Statement => ({
  name,
  text: `WITH ${wanted},
    missing AS MATERIALIZED (${who}),
    known AS MATERIALIZED (
      SELECT u.id FROM users u JOIN missing w ON w.id = u.id
       WHERE u.org_id = $1 AND u.deleted_at IS NULL ORDER BY u.id FOR KEY SHARE OF u),
    joined AS (
      INSERT INTO memberships (org_id, group_id, user_id, created_at)
      SELECT $1, $2::uuid, k.id, $5::timestamptz FROM known k
      ON CONFLICT DO NOTHING RETURNING user_id AS id),
    granted AS (
      INSERT INTO membership_sources AS s (org_id, group_id, user_id, kind, detail, granted_at)
      SELECT $1, $2::uuid, k.id, $4::text, COALESCE($7::jsonb -> k.id::text, $6::jsonb), $5::timestamptz FROM known k
      ON CONFLICT (org_id, group_id, user_id, kind) ${again} RETURNING user_id)
    SELECT ${told('joined')}, (SELECT count(*)::int FROM granted) AS sources, ${assigned},
      (SELECT json_agg(w.id) FROM (
        SELECT w.id FROM missing w WHERE w.id NOT IN (SELECT k.id FROM known k) LIMIT 5) w) AS unknown`,
})
const add = addition('add-members', { who: withoutSource, again: 'DO NOTHING' })
const renew = addition('renew-members', {
  who: everyone,
  again: `DO UPDATE SET detail = EXCLUDED.detail, granted_at = EXCLUDED.granted_at
    WHERE s.detail IS DISTINCT FROM EXCLUDED.detail`,
})

// Rows are found one look into the index each and deleted by their place, which the group's lock keeps: a join would be
// planned by statistics, and those of a group that was made a moment ago say that nobody is in it.
const removal = (name: string, taken: string): Statement => ({
  name,
  text: `WITH ${wanted},
    taken AS (${taken} RETURNING s.user_id),
    gone AS (
      DELETE FROM memberships m WHERE m.org_id = $1 AND m.ctid = ANY(ARRAY(
        SELECT f.ctid FROM taken t CROSS JOIN LATERAL (
          SELECT x.ctid FROM memberships x
           WHERE x.org_id = $1 AND x.group_id = $2::uuid AND x.user_id = t.user_id LIMIT 1) f
         WHERE (SELECT true FROM membership_sources o WHERE o.org_id = $1 AND o.group_id = $2::uuid
           AND o.user_id = t.user_id AND o.kind <> $4::text LIMIT 1) IS NULL))
      RETURNING m.user_id AS id)
    SELECT ${told('gone')}, (SELECT count(*)::int FROM taken) AS sources, ${assigned}, NULL::json AS unknown`,
})
const remove = removal(
  'remove-members',
  `DELETE FROM membership_sources s WHERE s.org_id = $1 AND s.ctid = ANY(ARRAY(
    SELECT f.ctid FROM wanted w CROSS JOIN LATERAL (
      SELECT x.ctid FROM membership_sources x WHERE x.org_id = $1 AND x.group_id = $2::uuid AND x.user_id = w.id
         AND x.kind = $4::text LIMIT 1) f))`,
)
// NOT IN is looked up in a hash table; NOT EXISTS was planned as a nested loop over both lists.
const keep = removal(
  'keep-members',
  `DELETE FROM membership_sources s WHERE s.org_id = $1 AND s.group_id = $2::uuid AND s.kind = $4::text
    AND s.user_id NOT IN (SELECT id FROM wanted)`,
)

interface Row {
  readonly count: number
  readonly people: readonly { id: string; name: string }[] | null
  readonly sources: number
  readonly assigned: readonly string[] | null
  readonly unknown: readonly string[] | null
}

export interface Written {
  readonly people: People
  /** Reasons granted or taken; more than people when a membership has another reason. */
  readonly sources: number
  /** The managed events that the group is assigned. */
  readonly assigned: readonly string[]
  /** The first ids that are no living person of the organization. */
  readonly unknown: readonly string[]
}

export interface MemberAddition extends MemberWriting {
  readonly at: Date
  /** What made the memberships; `details` says it for single people. */
  readonly detail: object
  readonly details?: Readonly<Record<string, object>> | undefined
}

/**
 * Puts people into the group; those who are in stay, and get the source. Who has the source keeps what it says, but
 * for mapping: its latest reason counts.
 */
export async function addMembers(sql: Sql, addition: MemberAddition): Promise<Written> {
  const { groupId, ids, kind, at, detail, details } = addition
  const statement = kind === 'mapping' || kind === 'default' ? renew : add
  const said = [JSON.stringify(detail), JSON.stringify(details ?? {})]
  return writtenFrom(await sql.run<Row>(statement, [groupId, ids.join(','), kind, at, ...said]))
}

/** Takes one source from these people; who has no other leaves. */
export async function removeMembers(sql: Sql, writing: MemberWriting): Promise<Written> {
  return writtenFrom(await sql.run<Row>(remove, [writing.groupId, writing.ids.join(','), writing.kind]))
}

/** Takes the source from everyone but these people. */
export async function keepMembers(sql: Sql, writing: MemberWriting): Promise<Written> {
  return writtenFrom(await sql.run<Row>(keep, [writing.groupId, writing.ids.join(','), writing.kind]))
}

const none: Row = { count: 0, people: null, sources: 0, assigned: null, unknown: null }

function writtenFrom([row = none]: readonly Row[]): Written {
  const people = row.people ?? []
  return {
    people: {
      count: row.count,
      names: people.slice(0, 3).map(({ name }) => name),
      ids: people.map(({ id }) => id),
    },
    sources: row.sources,
    assigned: row.assigned ?? [],
    unknown: row.unknown ?? [],
  }
}
