// Many people for an embedded database whose server is stopped: a hundred thousand in seconds.
import { PGlite } from '@electric-sql/pglite'
import { clusterPaths } from '#server/db/cluster.ts'
import { settings } from '#server/db/pglite-settings.ts'
import { urn } from '#server/scim/index.ts'

/**
 * People of the one organization, with the columns that `columnsOf` derives from their documents. One of ten is
 * deactivated, three of ten are pending.
 */
const people = `INSERT INTO users (org_id, id, status, role, document, version, revision, linked_at, created_at,
    last_modified, activated_at, provisioned_at, deactivated_at, user_name, user_name_key, external_id, display_name,
    email, email_keys, given_name, family_name, title, department, identity_provider_groups, search_key)
  SELECT o.id, p.id, p.status, 'user', jsonb_build_object('userName', p.mail, 'externalId', p.hr,
      'displayName', p.name, 'name', jsonb_build_object('givenName', p.given, 'familyName', p.family),
      'title', 'Engineer', 'emails', jsonb_build_array(jsonb_build_object('value', p.mail, 'type', 'work', 'primary', true)),
      '${urn.calendlyUser}', jsonb_build_object('group', p.team)), 1, 1, p.at, p.at, p.at,
    CASE p.status WHEN 'pending' THEN NULL ELSE p.at END, p.at, CASE p.status WHEN 'deactivated' THEN p.at END,
    p.mail, p.mail, p.hr, p.name, p.mail, ARRAY[p.mail], p.given, p.family, 'Engineer', NULL, ARRAY[p.team],
    lower(p.name) || ' ' || p.mail || ' ' || p.hr
  FROM organizations o, LATERAL (
    SELECT *, given || ' ' || family AS name, lower(given || '.' || family) || '@example.com' AS mail
      FROM (SELECT (ARRAY['Ada', 'Anna', 'Emeka', 'Fatima', 'Hannah', 'Joanna', 'Kofi', 'Lena'])[1 + n % 8] AS given,
              'Number' || n AS family,
              ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id, 'hr-' || n AS hr, 'Team ' || n % 40 AS team,
              now() - n * interval '1 minute' AS at,
              CASE WHEN n % 10 = 9 THEN 'deactivated' WHEN n % 10 < 3 THEN 'pending' ELSE 'active' END AS status
              FROM generate_series(1, $1::int) AS n) AS numbered) AS p`

const counters = `UPDATE organization_streams s SET pending = u.pending, active = u.active, deactivated = u.deactivated
  FROM (SELECT org_id, count(*) FILTER (WHERE status = 'pending') AS pending,
          count(*) FILTER (WHERE status = 'active') AS active,
          count(*) FILTER (WHERE status = 'deactivated') AS deactivated FROM users GROUP BY org_id) AS u
  WHERE u.org_id = s.org_id`

const values = `INSERT INTO group_values (org_id, value, people, last_seen)
  SELECT org_id, value, count(*), now() FROM users, unnest(identity_provider_groups) AS value GROUP BY org_id, value`

const indexesOfPeople = `SELECT indexname AS name, indexdef AS text FROM pg_indexes
  WHERE tablename = 'users' AND indexname <> 'users_pkey'`

/** Adds `count` people to the only organization of the data folder, whose server must not run. */
export async function addPeople(dataDir: string, count: number): Promise<void> {
  const database = await PGlite.create(clusterPaths(dataDir).current, { startParams: settings('memory') })
  // Indexes are made in a third of the time when the rows are there.
  // What the statement inserts is whole: no need to look for each one's organization.
  await database.exec('SET session_replication_role = replica')
  const { rows: indexes } = await database.query<{ name: string; text: string }>(indexesOfPeople)
  await database.exec(`DROP INDEX ${indexes.map(({ name }) => name).join(', ')}`)
  await database.query(people, [count])
  await database.exec(indexes.map(({ text }) => text).join(';'))
  await database.query(counters)
  await database.query(values)
  await database.query('ANALYZE users')
  await database.close()
}
