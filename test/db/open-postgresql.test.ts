// A PostgreSQL server: every wrong address has its sentence, and a lost network neither hangs nor leaks.
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { classifyDatabaseError } from '#server/db/errors.ts'
import { openDatabase } from '#server/db/open.ts'
import type { Database } from '#server/db/open.ts'
import { StartupError } from '#server/db/startup-error.ts'
import { unreachable } from '#server/db/unreachable-server.ts'
import { onServer, serverUrl, urlOf } from '#test/support/postgresql-server.ts'
import { tcpProxy } from '#test/support/tcp-proxy.ts'
import type { TcpProxy } from '#test/support/tcp-proxy.ts'

const refusal = async (url: string): Promise<string> => {
  const error = await openDatabase({ url }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(StartupError)
  expect((error as Error).message).not.toContain('s3cret')
  return (error as Error).message
}

describe('refuses', () => {
  it.each([
    ['what is no address', 'rollcall', /not the address of a PostgreSQL database: write it as postgresql:/],
    [
      'another kind of database',
      'mysql://root:s3cret@localhost/db',
      /not the address of a PostgreSQL database/,
    ],
    ['an address with a stray character', 'postgresql://u:s3cret/@:x/db', /percent-encoded/],
    [
      'a port where nothing listens',
      'postgresql://u:s3cret@127.0.0.1:1/db',
      /No PostgreSQL server answers at 127\.0\.0\.1:1 .+: start it/,
    ],
    [
      'an unknown host',
      'postgresql://u:s3cret@no-such-host.invalid/db',
      /The host no-such-host\.invalid .+ is not known/,
    ],
    [
      'a socket folder where nothing listens',
      'postgresql:///db?host=/tmp/no-postgresql',
      /listens in \/tmp\/no-postgresql/,
    ],
  ])('%s', async (_case, url, sentence) => {
    expect(await refusal(url)).toMatch(sentence)
  })

  it.each([
    ['hangs up', (socket: Socket) => socket.destroy(), /hangs up at once|does not answer/],
    ['says nothing', () => undefined, /does not answer: check that it runs and that no firewall/],
  ])('a server that %s', async (_case, behave, sentence) => {
    const sockets: Socket[] = []
    const server = createServer(socket => {
      sockets.push(socket)
      behave(socket)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await refusal(`postgresql://u:s3cret@127.0.0.1:${port}/db`)).toMatch(sentence)
    for (const socket of sockets) socket.destroy()
    server.close()
  })
})

it.each([
  [
    '28P01',
    'password authentication failed for user "u"',
    /refused the user u of DATABASE_URL \(password auth.+correct the user and password/,
  ],
  [
    '3D000',
    'database "db" does not exist',
    /There is no database db on h:1: make it with CREATE DATABASE "db"/,
  ],
  ['53300', 'sorry, too many clients already', /no connection left/],
  ['57P03', 'the database system is starting up', /still starting or stopping/],
  ['42501', 'permission denied for schema public', /GRANT ALL ON SCHEMA public TO "u"/],
  [undefined, 'SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', /asks for a password/],
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'self-signed certificate',
    /No encrypted connection .+ \(self-signed certificate\)/,
  ],
])('has a sentence for %s (%s)', (code, message, sentence) => {
  const address = { host: 'h', port: 1, user: 'u', database: 'db' }
  expect(String(unreachable(address, Object.assign(new Error(message), { code })))).toMatch(sentence)
})

describe.runIf(serverUrl !== undefined)('on a real server', () => {
  const server = serverUrl ?? ''
  const name = `rollcall_open_${process.pid}`
  let database: Database
  let proxy: TcpProxy

  beforeEach(async () => {
    await onServer(server, admin => admin.query(`CREATE DATABASE ${name} TEMPLATE template0`))
    const { hostname, port } = new URL(server)
    proxy = await tcpProxy(hostname, Number(port || 5432))
    const address = new URL(urlOf(server, name))
    address.host = `127.0.0.1:${proxy.port}`
    database = await openDatabase({ url: address.href })
    await database.pool.query('CREATE TABLE kept (id int PRIMARY KEY)')
  })

  afterEach(async () => {
    await database.close()
    await proxy.close()
    await onServer(server, admin => admin.query(`DROP DATABASE ${name} WITH (FORCE)`))
  })

  const kindOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(() => 'success', classifyDatabaseError)

  it.each([
    ['an unknown database', () => urlOf(server, 'rollcall_nowhere'), /There is no database rollcall_nowhere/],
    ['one that is not UTF8', () => urlOf(server, `${name}_latin`), /stores text as LATIN1/],
  ])('refuses %s', async (_case, url, sentence) => {
    await onServer(server, admin =>
      admin.query(`CREATE DATABASE ${name}_latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`),
    )
    expect(await refusal(url())).toMatch(sentence)
    await onServer(server, admin => admin.query(`DROP DATABASE ${name}_latin`))
  })

  it.each([
    ['TimeZone', 'UTC'],
    ['statement_timeout', '10s'],
    ['lock_timeout', '3s'],
    ['idle_in_transaction_session_timeout', '15s'],
    ['application_name', 'rollcall'],
  ])('sets %s to %s', async (setting, value) => {
    const { rows } = await database.pool.query('SELECT current_setting($1) AS value', [setting])
    expect(rows).toEqual([{ value }])
  })

  it('keeps a connection, and what it has prepared, after an error of a statement', async () => {
    const pids = async (): Promise<unknown> =>
      (await database.pool.query('SELECT pg_backend_pid() AS pid')).rows
    const before = await pids()
    await expect(database.pool.query('SELECT 1/0')).rejects.toMatchObject({ code: '22012' })
    expect(await pids()).toEqual(before)
  })

  it('ends a connection that is given back with an open transaction and an error', async () => {
    const client = await database.pool.connect()
    await client.query('BEGIN')
    const error = await client.query('SELECT 1/0').catch((reason: unknown) => reason)
    client.release(error as Error)
    expect(await kindOf(database.pool.query('SELECT 1'))).toBe('success')
  })

  it('prepares a query that Prisma repeats', async () => {
    for (const id of [1, 2, 3]) await database.prisma.$queryRaw`SELECT id FROM kept WHERE id = ${id}`
    const { rows } = await database.pool.query(`SELECT count(*)::int AS count FROM pg_prepared_statements`)
    expect(rows).toEqual([{ count: 1 }])
  })

  it('lives on after idle connections were reset', async () => {
    expect(proxy.reset()).toBeGreaterThan(0)
    await expect.poll(() => database.pool.totalCount).toBe(0)
    expect(await kindOf(database.pool.query('SELECT 1'))).toBe('success')
  })

  it.each([
    ['pg', () => database.pool.query('SELECT 1 FROM pg_sleep(5)')],
    ['Prisma', () => database.prisma.$executeRaw`SELECT 1 FROM pg_sleep(5)`],
  ])('calls a reset during a query ambiguous (%s)', async (_teller, run) => {
    proxy.onRequest = bytes => {
      if (bytes.includes('pg_sleep')) proxy.reset()
    }
    expect(await kindOf(run())).toBe('ambiguous')
    expect(await kindOf(database.pool.query('SELECT 1'))).toBe('success')
  })

  it('calls a lost answer to COMMIT ambiguous, and the row is there', async () => {
    proxy.onRequest = bytes => {
      if (!bytes.includes('COMMIT')) return
      proxy.weather = 'no-answers'
      proxy.onAnswer = () => proxy.reset()
    }
    const work = database.prisma.$transaction(tx => tx.$executeRaw`INSERT INTO kept VALUES (1)`)
    expect(await kindOf(work)).toBe('ambiguous')
    proxy.weather = 'fair'
    proxy.onAnswer = () => undefined
    await expect.poll(() => database.pool.idleCount).toBe(0)
    expect((await database.pool.query('SELECT id FROM kept')).rows).toEqual([{ id: 1 }])
  })

  it('calls a server that refuses unavailable, and recovers when it is back', async () => {
    await proxy.refuse()
    await expect.poll(() => database.pool.totalCount).toBe(0)
    expect(await kindOf(database.pool.query('SELECT 1'))).toBe('unavailable')
    expect(await kindOf(database.prisma.organization.findFirst())).toBe('unavailable')
    expect(await kindOf(database.prisma.$transaction(tx => tx.$queryRaw`SELECT 1`))).toBe('unavailable')
    await proxy.accept()
    expect(await kindOf(database.pool.query('SELECT 1'))).toBe('success')
  })

  it('calls a backend that was terminated unavailable', async () => {
    const work = database.pool.query('SELECT pg_terminate_backend(pg_backend_pid())')
    expect(await kindOf(work)).toBe('unavailable')
    expect(await kindOf(database.pool.query('SELECT 1'))).toBe('success')
  })

  it('gives up within 16 seconds when the network swallows everything', async () => {
    const begun = Date.now()
    proxy.weather = 'silent'
    expect(await kindOf(database.pool.query('SELECT 1'))).toBe('ambiguous')
    expect(Date.now() - begun).toBeLessThan(16_000)
    proxy.weather = 'fair'
    expect(await kindOf(database.pool.query('SELECT 1'))).toBe('success')
  })
})
