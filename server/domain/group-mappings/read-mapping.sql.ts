// Reads the whole group mapping in one statement, so that its parts belong together.
import type { Sql, Statement } from '#server/domain/context.ts'
import { mapsGroups } from '#server/domain/organizations/rules/entitlements.ts'
import { noMapping, type Mapping, type MappingRow } from './rules/mapping.ts'

interface Row {
  readonly version: number
  readonly enabled: boolean | null
  readonly plan: string
  readonly entitlements: unknown
  readonly source: string | null
  readonly default_group_id: string | null
  readonly rows: readonly MappingRow[] | null
}

const read: Statement = {
  name: 'read-mapping',
  text: `SELECT s.mapping_version AS version, m.enabled, m.source_attribute AS source, m.default_group_id,
      o.plan, o.entitlements,
      (SELECT json_agg(json_build_object('id', r.id, 'value', r.value, 'groupId', r.group_id, 'position', r.position)
                       ORDER BY r.position)
         FROM group_mapping_rows r WHERE r.org_id = $1) AS rows
    FROM organization_streams s JOIN organizations o ON o.id = s.org_id LEFT JOIN group_mappings m ON m.org_id = s.org_id
   WHERE s.org_id = $1`,
}

/** The mapping as it is; `noMapping` for an organization that has saved none. */
export async function readMapping(sql: Sql): Promise<Mapping> {
  const [row] = await sql.run<Row>(read, [])
  if (row === undefined) return noMapping
  return {
    version: row.version,
    enabled: row.enabled ?? noMapping.enabled,
    entitled: mapsGroups(row),
    source: row.source ?? noMapping.source,
    defaultGroupId: row.default_group_id,
    rows: row.rows ?? [],
  }
}

const version: Statement = {
  name: 'read-mapping-version',
  text: 'SELECT mapping_version AS version FROM organization_streams WHERE org_id = $1',
}

/** The number that every change of the mapping raises. */
export async function readMappingVersion(sql: Sql): Promise<number> {
  const [row] = await sql.run<{ version: number }>(version, [])
  return row?.version ?? 0
}
