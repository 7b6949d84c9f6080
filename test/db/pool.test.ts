// What holds on the one pool over both databases: results, errors and transactions are PostgreSQL's own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/open.ts'
import { freshDatabase } from '#test/support/database.ts'

let database: Database

beforeAll(async () => {
  database = await freshDatabase()
  await database.pool.query(
    'CREATE TABLE things (id int PRIMARY KEY, name text, CONSTRAINT named CHECK (name <> $$$$))',
  )
})

afterAll(() => database.close())

describe('a query', () => {
  it.each([
    ['int4', '1::int', 1],
    ['int8 as text, which loses no digit', '9007199254740993::bigint', '9007199254740993'],
    ['text beyond ASCII', `'Zoë 🦉'`, 'Zoë 🦉'],
    ['boolean', 'true', true],
    ['jsonb', `'{"a":[1,null]}'::jsonb`, { a: [1, null] }],
    ['uuid', `'0190a0c0-0000-7000-8000-000000000001'::uuid`, '0190a0c0-0000-7000-8000-000000000001'],
    ['text array', `ARRAY['a','b']`, ['a', 'b']],
    ['timestamptz in UTC', `'2026-03-01 12:00:00+02'::timestamptz`, new Date('2026-03-01T10:00:00Z')],
    ['null', 'null', null],
  ])('answers %s', async (_type, expression, value) => {
    const { rows } = await database.pool.query(`SELECT ${expression} AS value`)
    expect(rows).toEqual([{ value }])
  })

  it('answers rows of several megabytes', async () => {
    const { rows } = await database.pool.query('SELECT repeat($1, 5000000) AS value', ['x'])
    expect(rows).toEqual([{ value: 'x'.repeat(5_000_000) }])
  })

  it('takes parameters of several megabytes', async () => {
    const { rows } = await database.pool.query('SELECT length($1::text) AS length', ['ä'.repeat(3_000_000)])
    expect(rows).toEqual([{ length: 3_000_000 }])
  })

  it.each([
    ['syntax error', 'SELEC', '42601'],
    ['unknown table', 'SELECT * FROM nowhere', '42P01'],
    ['null in a key', 'INSERT INTO things VALUES (NULL)', '23502'],
    ['broken check', `INSERT INTO things VALUES (7, '')`, '23514'],
  ])('fails with the SQLSTATE of a %s', async (_case, sql, code) => {
    await expect(database.pool.query(sql)).rejects.toMatchObject({ code, severity: 'ERROR' })
  })

  it('names the constraint that a row breaks', async () => {
    await expect(database.pool.query(`INSERT INTO things VALUES (8, '')`)).rejects.toMatchObject({
      constraint: 'named',
      table: 'things',
    })
  })

  it('can be repeated under one name', async () => {
    const query = { name: 'repeat', text: 'SELECT $1::int AS value' }
    const answers = await Promise.all(
      [1, 2, 3].map(value => database.pool.query({ ...query, values: [value] })),
    )
    expect(answers).toMatchObject([
      { rows: [{ value: 1 }] },
      { rows: [{ value: 2 }] },
      { rows: [{ value: 3 }] },
    ])
  })

  it('works again after one of the same name failed', async () => {
    const query = { name: 'divide', text: 'SELECT 6 / $1::int AS value' }
    await expect(database.pool.query({ ...query, values: [0] })).rejects.toMatchObject({ code: '22012' })
    expect((await database.pool.query({ ...query, values: [2] })).rows).toEqual([{ value: 3 }])
  })
})

describe('a transaction', () => {
  it('shows nothing of itself after a rollback', async () => {
    const client = await database.pool.connect()
    await client.query('BEGIN')
    await client.query(`INSERT INTO things VALUES (1, 'gone')`)
    await client.query('ROLLBACK')
    client.release()
    expect((await database.pool.query('SELECT * FROM things WHERE id = 1')).rows).toEqual([])
  })

  it('is not entered by anybody else', async () => {
    const client = await database.pool.connect()
    await client.query('BEGIN')
    const outside = database.pool.query('SELECT count(*)::int AS count FROM things WHERE id = 2')
    await client.query(`INSERT INTO things VALUES (2, 'held')`)
    await client.query('ROLLBACK')
    client.release()
    expect((await outside).rows).toEqual([{ count: 0 }])
  })

  it('keeps 60 interleaved callers with rollbacks at the right count', async () => {
    await database.pool.query('CREATE TABLE counted (n int NOT NULL); INSERT INTO counted VALUES (0)')
    const call = async (caller: number): Promise<void> => {
      const client = await database.pool.connect()
      await client.query('BEGIN')
      await client.query('UPDATE counted SET n = n + 1')
      await client.query(caller % 3 === 0 ? 'ROLLBACK' : 'COMMIT')
      client.release()
    }
    await Promise.all(Array.from({ length: 60 }, (_, caller) => call(caller)))
    expect((await database.pool.query('SELECT n FROM counted')).rows).toEqual([{ n: 40 }])
  })

  it('reports a COMMIT that fails', async () => {
    await database.pool.query(
      'CREATE TABLE parents (id int PRIMARY KEY); CREATE TABLE children (id int REFERENCES parents DEFERRABLE INITIALLY DEFERRED)',
    )
    const client = await database.pool.connect()
    await client.query('BEGIN')
    await client.query('INSERT INTO children VALUES (1)')
    await expect(client.query('COMMIT')).rejects.toMatchObject({ code: '23503' })
    client.release()
  })

  it('leaves nothing to the next caller when its connection is thrown away', async () => {
    const client = await database.pool.connect()
    await client.query(`SET search_path = pg_catalog`)
    await client.query({ name: 'kept', text: 'SELECT 1 AS value' })
    await client.query('BEGIN')
    await client.query(`INSERT INTO public.things VALUES (3, 'lost')`)
    client.release(new Error('broken'))
    const { rows } = await database.pool.query({
      name: 'kept',
      text: `SELECT count(*)::int AS count FROM things WHERE id = 3`,
    })
    expect(rows).toEqual([{ count: 0 }])
  })
})

it('lets timers run between statements that follow each other', async () => {
  let ticks = 0
  const timer = setInterval(() => (ticks += 1), 1)
  for (let done = 0; done < 1_000; done += 1) await database.pool.query('SELECT 1')
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(0)
})
