// Each way in which the database can fail is sorted alike, whether pg or Prisma tells it.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { classifyDatabaseError, violatedConstraint } from '#server/db/errors.ts'
import type { Database } from '#server/db/open.ts'
import { freshDatabase } from '#test/support/database.ts'

let database: Database

beforeAll(async () => {
  database = await freshDatabase()
  await database.pool.query(`
    CREATE TABLE parents (id int CONSTRAINT parents_key PRIMARY KEY);
    CREATE TABLE children (id int PRIMARY KEY, parent int CONSTRAINT of_parent REFERENCES parents);
    INSERT INTO parents VALUES (1)`)
})

afterAll(() => database.close())

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('It did not fail')
    },
    (error: unknown) => error,
  )

describe.each([
  ['pg', (sql: string) => database.pool.query(sql)],
  ['Prisma', (sql: string) => database.prisma.$executeRawUnsafe(sql)],
  ["Prisma's transaction", (sql: string) => database.prisma.$transaction(tx => tx.$executeRawUnsafe(sql))],
])('told by %s', (_teller, run) => {
  it.each([
    ['a taken key', 'INSERT INTO parents VALUES (1)', 'duplicate', 'parents_key'],
    ['a reference to nothing', 'INSERT INTO children VALUES (1, 9)', 'missing', 'of_parent'],
    ['a syntax error', 'SELEC', 'unknown', undefined],
    ['a lost race', `DO $$ BEGIN RAISE SQLSTATE '40001'; END $$`, 'conflict', undefined],
    ['a deadlock', `DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$`, 'conflict', undefined],
    ['a full disk', `DO $$ BEGIN RAISE SQLSTATE '53100'; END $$`, 'unavailable', undefined],
    [
      'a statement that took too long',
      `DO $$ BEGIN RAISE SQLSTATE '57014'; END $$`,
      'unavailable',
      undefined,
    ],
    ['an unknown outcome', `DO $$ BEGIN RAISE SQLSTATE '08007'; END $$`, 'ambiguous', undefined],
  ])('%s', async (_case, sql, kind, constraint) => {
    const error = await failureOf(run(sql))
    expect(classifyDatabaseError(error)).toBe(kind)
    expect(violatedConstraint(error)).toBe(constraint)
  })
})

describe('told by a model of Prisma', () => {
  it('a taken key is a duplicate with the name of its index', async () => {
    const row = {
      id: randomUUID(),
      key: 'taken00000',
      name: 'x',
      createdAt: new Date(),
      updatedAt: new Date(),
    }
    await database.prisma.organization.create({ data: row })
    const error = await failureOf(database.prisma.organization.create({ data: { ...row, id: randomUUID() } }))
    expect(classifyDatabaseError(error)).toBe('duplicate')
    expect(violatedConstraint(error)).toBe('organizations_key_key')
  })

  it('a row that is not there is missing', async () => {
    const error = await failureOf(database.prisma.organization.delete({ where: { id: randomUUID() } }))
    expect(classifyDatabaseError(error)).toBe('missing')
  })

  it('a transaction that waits too long for its connection is unavailable', async () => {
    const clients = await Promise.all(
      Array.from({ length: database.kind === 'embedded' ? 1 : 10 }, () => database.pool.connect()),
    )
    const error = await failureOf(database.prisma.$transaction(tx => tx.$queryRaw`SELECT 1`, { maxWait: 50 }))
    for (const client of clients) client.release()
    expect(classifyDatabaseError(error)).toBe('unavailable')
    // The connection that came too late is given back and not lost.
    await database.pool.query('SELECT 1')
    await expect.poll(() => database.pool.waitingCount).toBe(0)
    await expect.poll(() => database.pool.idleCount).toBe(database.pool.totalCount)
  })
})

it.each([undefined, null, 'text', 7, new Error('anything else'), { code: 'toString' }])(
  'does not know %s',
  error => {
    expect(classifyDatabaseError(error)).toBe('unknown')
  },
)
