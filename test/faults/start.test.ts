// A start that cannot succeed: one sentence that says what to do, exit code 1, nothing of the program's insides.
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort, runServer, type Ending } from '#test/support/server-process.ts'
import { expectOneSentence } from './one-sentence.ts'
import { refusingPostgresql } from './refusing-postgresql.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-start-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('words after npm start --', () => {
  test.each([[['--dmeo']], [['--demo', 'now']], [['start']]])(
    '%j are refused with what is possible',
    async words => {
      const ending = await runServer({ words, env: { DATA_DIR: join(folder, 'words') } })
      expectOneSentence(ending, /is not known\. Possible: npm start/)
    },
  )
})

describe('a variable', () => {
  test.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'rollcall.example.com'],
    ['PUBLIC_URL', 'ftp://rollcall.example.com'],
    ['DATABASE_URL', 'localhost:5432'],
    ['DATABASE_URL', 'mysql://root@localhost/rollcall'],
    ['REDIS_URL', 'localhost'],
    ['OPERATOR_KEY', 'short'],
    ['MASTER_KEY', 'c2hvcnQ='],
    ['SMTP_URL', 'mail.example.com'],
    ['MAIL_FROM', 'Eve <eve@example.com>, ada@example.com'],
    ['LOG_LEVEL', 'loud'],
    ['SCIM_RATE', 'many'],
  ])('%s=%s is refused by its name', async (name, value) => {
    const ending = await runServer({ env: { DATA_DIR: join(folder, 'variables'), [name]: value } })
    expectOneSentence(ending, new RegExp(`^${name} must be `))
  })

  test('MASTER_KEY_OLD alone is of no use, and that is told', async () => {
    const ending = await runServer({ env: { MASTER_KEY_OLD: 'ab'.repeat(32) } })
    expectOneSentence(ending, /^MASTER_KEY_OLD is of use only beside MASTER_KEY/)
  })

  test('is not repeated in the message, because it may be a secret', async () => {
    const ending = await runServer({ env: { OPERATOR_KEY: 'my-little-secret' } })
    expect(ending.output).not.toContain('my-little-secret')
  })

  test('that another one needs is asked for', async () => {
    const ending = await runServer({ env: { SMTP_URL: 'smtps://rollcall:canary@mail.example.com' } })
    expectOneSentence(ending, /^MAIL_FROM must be the address that mail comes from, .*: SMTP_URL is set\./)
    expect(ending.output).not.toContain('canary')
  })
})

describe('DATABASE_URL', () => {
  const start = (url: string): Promise<Ending> => runServer({ env: { DATABASE_URL: url } })

  test('with a port where nobody listens is told', async () => {
    const url = `postgresql://rollcall:secret@127.0.0.1:${await freePort()}/rollcall`
    expectOneSentence(await start(url), /^No PostgreSQL server answers at 127\.0\.0\.1:\d+/)
  })

  test('with an unknown host is told', async () => {
    const ending = await start('postgresql://rollcall:secret@db.invalid:5432/rollcall')
    expectOneSentence(ending, /^The host db\.invalid of DATABASE_URL is not known/)
  })

  test.each([
    [
      '28P01',
      'password authentication failed for user "rollcall"',
      /refused the user rollcall of DATABASE_URL/,
    ],
    ['28000', 'role "rollcall" does not exist', /refused the user rollcall of DATABASE_URL/],
    ['3D000', 'database "rollcall" does not exist', /There is no database rollcall on /],
    ['53300', 'sorry, too many clients already', /has no connection left: raise/],
    ['57P03', 'the database system is starting up', /still starting or stopping/],
    ['0A000', 'something else is wrong', /cannot be used \(something else is wrong\)/],
  ])('at a server that answers %s is told', async (code, message, sentence) => {
    const server = await refusingPostgresql({ code, message })
    const ending = await start(`postgresql://rollcall:secret@127.0.0.1:${server.port}/rollcall`)
    await server.close()
    expectOneSentence(ending, sentence)
    expect(ending.output).not.toContain('secret')
  })

  test('at a server that says nothing gives up after some seconds', async () => {
    const server = await refusingPostgresql('silence')
    const ending = await start(`postgresql://rollcall:secret@127.0.0.1:${server.port}/rollcall`)
    await server.close()
    expectOneSentence(ending, /^The PostgreSQL server 127\.0\.0\.1:\d+ of DATABASE_URL does not answer/)
  })

  test('at something that is no PostgreSQL is told', async () => {
    const server = await refusingPostgresql('http')
    const ending = await start(`postgresql://rollcall:secret@127.0.0.1:${server.port}/rollcall`)
    await server.close()
    expectOneSentence(ending, /127\.0\.0\.1:\d+/)
  })
})

describe('REDIS_URL', () => {
  test('with a port where nobody listens is told', async () => {
    const url = `redis://127.0.0.1:${await freePort()}`
    const ending = await runServer({ env: { DATA_DIR: join(folder, 'redis'), REDIS_URL: url } })
    expectOneSentence(ending, /^Redis does not answer at REDIS_URL/)
  })
})

describe('the address to listen on', () => {
  let other: Server
  beforeAll(async () => {
    other = createServer()
    await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => other.close())

  test('that another program uses is told', async () => {
    const { port } = other.address() as AddressInfo
    const ending = await runServer({ env: { DATA_DIR: join(folder, 'port'), PORT: String(port) } })
    expectOneSentence(ending, new RegExp(`^Port 127\\.0\\.0\\.1:${port} is in use`))
  })

  test('that this machine does not have is told', async () => {
    const env = { DATA_DIR: join(folder, 'host'), HOST: '192.0.2.1', PORT: String(await freePort()) }
    expectOneSentence(await runServer({ env }), /^This machine has no address 192\.0\.2\.1/)
  })
})

describe('npm start on an old Node', () => {
  test.each(['start', 'build', 'test', 'dev', 'e2e'])('%s is refused in one sentence', name => {
    const script = fileURLToPath(new URL(`../../scripts/${name}.mjs`, import.meta.url))
    const pretend = join(folder, 'pretend.mjs')
    writeFileSync(
      pretend,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } })`,
    )
    const ran = spawnSync(process.execPath, ['--import', pathToFileURL(pretend).href, script], {
      encoding: 'utf8',
    })
    const ending = { code: ran.status, signal: ran.signal, output: ran.stdout + ran.stderr }
    expectOneSentence(ending, /^Rollcall needs Node\.js 20\.19 or newer, but this is 18\.20\.8: install/)
  })
})
