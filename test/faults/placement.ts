// A few hundred people for an identity provider to move between groups, and where they must be in the end.
import { expect } from 'vitest'
import { loadFacts, loadPeople } from '#server/cli/demo-load.sql.ts'
import type { Context } from '#server/domain/context.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import type { World } from '#server/world.ts'
import { carrying, makeGroups } from '#test/domain/group-mappings/placing.ts'
import { newPerson, type TestOrganization } from '#test/support/make-world.ts'

const storekeeper = { kind: 'system', id: null, name: 'Rollcall' } as const
const noDetail = { type: 'user.created', actor: storekeeper, exchangeId: null, detail: {} } as const

export interface Placeable {
  readonly groups: Record<'Sales' | 'Ops', string>
  /** Ids of people who carry the values in turn. */
  readonly ids: readonly string[]
}

/** Two groups, a managed event of one of them, and people who are in none yet. */
export async function fillWithPeople(
  world: World,
  into: { org: TestOrganization; people: number; values: readonly string[] },
): Promise<Placeable> {
  const { org, people, values } = into
  const ctx: Context = world.contextFor(org.orgId, org.owner.actor)
  const groups = await makeGroups(ctx, ['Sales', 'Ops'])
  const managedEventId = await createManagedEvent(ctx, { details: { name: 'Intro' } })
  await assignManagedEvent(ctx, { managedEventId, groupIds: [groups.Sales], userIds: [] })
  const sample = await newPerson(world.contextFor(org.orgId, org.scim.actor))
  const users = Array.from({ length: people }, (_none, n) => {
    const value = values[n % values.length] ?? null
    const document = carrying(value, { userName: `many-${n}@example.com`, title: `${n}` })
    return { ...sample, id: world.clock.newId(), document, externalId: null }
  })
  await loadPeople(ctx.sql, users)
  const at = world.clock.now()
  await loadFacts(
    ctx.sql,
    users.map(({ id: userId }) => ({ ...noDetail, at, userId })),
  )
  return { groups, ids: users.map(({ id }) => id) }
}

// Said by the tables, not by the code that placed people: rows by exact value, the default group for everybody else.
const astray = `
  WITH people AS (SELECT * FROM users WHERE org_id = $1 AND deleted_at IS NULL AND status <> 'deactivated'),
    led AS (
      SELECT DISTINCT u.id AS user_id, r.group_id FROM people u CROSS JOIN LATERAL unnest(u.identity_provider_groups) AS v(value)
        JOIN group_mapping_rows r ON r.org_id = $1 AND r.value = btrim(v.value)),
    wanted AS (
      SELECT * FROM led UNION ALL
      SELECT u.id, m.default_group_id FROM people u JOIN group_mappings m ON m.org_id = $1 AND m.default_group_id IS NOT NULL
       WHERE u.id NOT IN (SELECT user_id FROM led)),
    placed AS (SELECT m.user_id, m.group_id FROM memberships m JOIN people u ON u.id = m.user_id WHERE m.org_id = $1)
  (SELECT 'missing' AS what, * FROM (SELECT * FROM wanted EXCEPT SELECT * FROM placed) a)
  UNION ALL (SELECT 'left over', * FROM (SELECT * FROM placed EXCEPT SELECT * FROM wanted) b)`

/** Everybody who is not deactivated is exactly where the mapping leads them by what they carry. */
export async function expectPlaced(world: World, orgId: string): Promise<void> {
  const { rows } = await world.database.pool.query<object>(astray, [orgId])
  expect(rows, 'everybody is where their value leads').toEqual([])
}
