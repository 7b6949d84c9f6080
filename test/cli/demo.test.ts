// The demonstration: exact counters, a log in order, and a second start that only makes new secrets.
import { beforeAll, describe, expect, test } from 'vitest'
import { demoName, fillDemo } from '#server/cli/demo.ts'
import { authenticateToken } from '#server/domain/scim-tokens/authenticate-token.ts'
import { createOrganization } from '#server/domain/organizations/create-organization.ts'
import { signIn } from '#server/domain/sessions/sign-in.ts'
import type { World } from '#server/world.ts'
import { makeWorld, operatorActor, testOrigin } from '#test/support/make-world.ts'

const publicUrl = 'http://localhost:4000'
const unfinished = 'Rollcall Demo (being filled)'
let world: World
let orgId: string
let first: string

beforeAll(async () => {
  world = await makeWorld()
  await createOrganization(world.installationFor(operatorActor), { name: unfinished, requireSso: false })
  first = await fillDemo(world, publicUrl)
  orgId = (await world.database.prisma.organization.findFirstOrThrow({ where: { name: demoName } })).id
})

async function one<Row>(text: string): Promise<Row> {
  const { rows } = await world.database.pool.query<Row & object>(text, [orgId])
  return rows[0] as Row
}

const shown = (text: string, name: string): string => new RegExp(`${name} +(\\S+)`).exec(text)?.[1] ?? ''

async function faultOf(bearer: string): Promise<string | null> {
  const ctx = world.contextFor(orgId, { kind: 'anonymous', name: 'Someone', origin: testOrigin })
  return (await authenticateToken(ctx, { bearer })).fault
}

describe('the demonstration', () => {
  test('counts its people exactly', async () => {
    const states = await world.database.prisma.user.groupBy({
      by: ['status'],
      where: { orgId },
      _count: true,
    })
    const { pending, active, deactivated, deleted } =
      await world.database.prisma.organizationStream.findUniqueOrThrow({
        where: { orgId },
      })
    const counted = Object.fromEntries(states.map(state => [state.status, state._count]))
    expect(counted).toEqual({ pending, active, deactivated, deleted })
    expect(pending + active + deactivated).toBe(5_001)
  })

  test.each([
    ['provisioning_events', 'organization_streams'],
    ['exchanges', 'exchange_streams'],
  ])('numbers %s without gaps, in the order of time, as %s says', async (table, stream) => {
    const log = await one<{ rows: string; last: string; late: string }>(
      `SELECT count(*) AS rows, max(sequence) AS last, count(*) FILTER (WHERE occurred_at < before) AS late
         FROM (SELECT sequence, occurred_at, lag(occurred_at) OVER (ORDER BY sequence) AS before
                 FROM ${table} WHERE org_id = $1) l`,
    )
    const { sequence } = await one<{ sequence: string }>(`SELECT sequence FROM ${stream} WHERE org_id = $1`)
    expect(log).toEqual({ rows: sequence, last: sequence, late: '0' })
  })

  test('has about two refusals in a hundred requests, all of them in the hourly counts', async () => {
    const log = await one<{ all: number; refused: number }>(
      'SELECT count(*)::int AS all, count(*) FILTER (WHERE status >= 400)::int AS refused FROM exchanges WHERE org_id = $1',
    )
    const hours = await one<{ all: number; refused: number }>(
      'SELECT sum(succeeded + refused)::int AS all, sum(refused)::int AS refused FROM exchange_hours WHERE org_id = $1',
    )
    expect(hours).toEqual(log)
    expect(log.refused / log.all).toBeGreaterThan(0.012)
    expect(log.refused / log.all).toBeLessThan(0.03)
  })

  test('maps values to groups, and leaves a near miss, values without a group and people to be placed', async () => {
    const values = await world.database.prisma.groupValue.findMany({ where: { orgId, people: { gt: 0 } } })
    const rows = await world.database.prisma.groupMappingRow.findMany({ where: { orgId } })
    const mapped = rows.map(row => row.value)
    expect(mapped).toContain('Sales EMEA')
    const open = values.map(({ value }) => value).filter(value => !mapped.includes(value))
    expect(open).toEqual(expect.arrayContaining(['sales emea', 'Finance', 'Recruiting']))
    const placed = await one<{ people: number; wrong: number }>(
      `SELECT count(*)::int AS people, count(*) FILTER (WHERE r.value IS DISTINCT FROM s.detail->>'value')::int AS wrong
         FROM membership_sources s LEFT JOIN group_mapping_rows r
           ON r.org_id = s.org_id AND r.group_id = s.group_id AND r.value = s.detail->>'value'
        WHERE s.org_id = $1 AND s.kind = 'mapping'`,
    )
    expect(placed.wrong).toBe(0)
    expect(placed.people).toBeGreaterThan(2_000)
  })

  test('throws away what an interrupted start left', async () => {
    expect(await world.database.prisma.organization.count({ where: { name: unfinished } })).toBe(0)
  })

  test('gives secrets that work, and new ones at the next start', async () => {
    const [token, password] = [shown(first, 'SCIM token'), shown(first, 'Password')]
    expect(await faultOf(token)).toBeNull()
    const people = await world.database.prisma.user.count({ where: { orgId } })
    const second = await fillDemo(world, publicUrl)
    expect(await world.database.prisma.user.count({ where: { orgId } })).toBe(people)
    expect(await faultOf(token)).toBe('revoked')
    expect(await faultOf(shown(second, 'SCIM token'))).toBeNull()
    const stranger = world.installationFor({ kind: 'anonymous', name: 'Someone', origin: testOrigin })
    const email = shown(second, 'Sign in')
    await expect(signIn(stranger, { email, password })).rejects.toThrow()
    const signedIn = await signIn(stranger, { email, password: shown(second, 'Password') })
    expect(signedIn).toMatchObject({ actor: { orgId, role: 'owner' } })
  })
})
