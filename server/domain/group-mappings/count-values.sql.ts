// Parts of statements that change people: they count the values that people carry, and notice another mapping. All of
// it happens under the lock of the counter row, so that no value waits for another and no change of the mapping slips by.
import { summedChanges, type ValueChange } from './rules/value-change.ts'

/** Condition on the counter row `s`: the mapping is still the one by which people were placed; null skips it. */
export function placedBy(parameter: number): string {
  const version = `$${String(parameter)}::int`
  return `(${version} IS NULL OR s.mapping_version = ${version})`
}

/** CTEs that carry out the changes of JSON parameter `parameter`; need a CTE `counter`. */
export function valuesCte(parameter: number): string {
  const changes = `counter, jsonb_to_recordset($${String(parameter)}::jsonb) AS v(value text, people int, at timestamptz)`
  return `no_longer AS (
    UPDATE group_values g SET people = g.people + v.people
      FROM ${changes} WHERE g.org_id = $1 AND g.value = v.value AND v.people < 0),
    carried AS (
    INSERT INTO group_values (org_id, value, people, last_seen)
    SELECT $1, v.value, v.people, v.at FROM ${changes} WHERE v.people > 0
    ON CONFLICT (org_id, value) DO UPDATE
      SET people = group_values.people + excluded.people, last_seen = excluded.last_seen)`
}

/** The JSON text that `valuesCte` expects. */
export function valuesValue(changes: readonly ValueChange[], at: Date): string {
  return changes.length === 0 ? '[]' : JSON.stringify(summedChanges(changes).map(each => ({ ...each, at })))
}
