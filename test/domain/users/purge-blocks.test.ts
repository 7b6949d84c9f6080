// The purge on a large log: in short steps, for many people at once, and nobody is gone before their names are.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Context, Sql } from '#server/domain/context.ts'
import type { NewExchange } from '#server/domain/provisioning-log/rules/exchange.ts'
import { exchangesAtOnce } from '#server/domain/provisioning-log/scrub-person.sql.ts'
import { writeExchanges } from '#server/domain/provisioning-log/write-exchanges.sql.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { purgeDeletedUsers } from '#server/domain/users/purge-deleted-users.ts'
import { systemActor } from '#server/housekeeping.ts'
import type { World } from '#server/world.ts'
import { newExchange } from '#test/support/exchanges.ts'
import { makeWorld, newBareOrganization, newPerson } from '#test/support/make-world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const rows = 2 * exchangesAtOnce + 50
const marked = new Map([
  [0, 'ada'],
  [exchangesAtOnce + 3, '420'],
  [rows - 1, 'ada'],
])

const summary = 'Looked for somebody'
const exchange = (name: string): NewExchange =>
  newExchange(world, { summary, query: `filter=${encodeURIComponent(`userName eq "${name}"`)}` })

/** Two people who are due, and a log of three blocks that names them in each. */
async function dueInLargeLog(): Promise<{
  ctx: Context
  named: () => Promise<number>
  left: () => Promise<number>
}> {
  const { scim } = await newBareOrganization(world)
  const { orgId, db } = scim
  for (const names of [{ userName: 'ada' }, { externalId: '420' }]) {
    const { id } = await newPerson(scim, names)
    await deleteUser(scim, { userId: id, graceDays: 0 })
  }
  const log = Array.from({ length: rows }, (_, index) => exchange(marked.get(index) ?? 'canada-420'))
  await writeExchanges(scim.sql, log)
  return {
    ctx: world.contextFor(orgId, systemActor),
    named: () => db.exchange.count({ where: { orgId, summary } }),
    left: () => db.user.count({ where: { orgId, status: 'deleted' } }),
  }
}

describe('the purge of a large log', () => {
  it('looks at a bounded number of rows at a time, for everybody who is due at once', async () => {
    const { ctx, named, left } = await dueInLargeLog()
    const sizes: number[] = []
    const sql: Sql = {
      run: async <Row>(...[statement, values]: Parameters<Sql['run']>) => {
        const found = await ctx.sql.run<Row>(statement, values)
        if (statement.text.includes('FROM exchanges')) sizes.push(found.length)
        return found
      },
    }
    expect(await purgeDeletedUsers({ ...ctx, sql })).toBe(2)
    expect(sizes).toEqual([exchangesAtOnce, exchangesAtOnce, 50])
    expect([await named(), await left()]).toEqual([rows - marked.size, 0])
  })

  it('keeps everybody until the whole log is through, and does it again after a break', async () => {
    const { ctx, named, left } = await dueInLargeLog()
    let runs = 0
    const sql: Sql = {
      run: <Row>(...[statement, values]: Parameters<Sql['run']>) => {
        runs += 1
        return runs === 4 ? Promise.reject(new Error('gone')) : ctx.sql.run<Row>(statement, values)
      },
    }
    await expect(purgeDeletedUsers({ ...ctx, sql })).rejects.toThrow('gone')
    expect([await named(), await left()]).toEqual([rows - 1, 2])
    expect(await purgeDeletedUsers(ctx)).toBe(2)
    expect([await named(), await left()]).toEqual([rows - marked.size, 0])
  })
})
