// The embedded database's folder: one server at a time, a clear word when it cannot be written.
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runServer, startServer, type ServerProcess } from '#test/support/server-process.ts'
import { newInstallation, temporaryFolder, type Installation } from '../installation.ts'
import { expectOneSentence } from '../one-sentence.ts'

let folder: string
let server: ServerProcess | undefined
let installation: Installation
beforeAll(() => {
  folder = temporaryFolder()
})
beforeEach(async () => {
  installation = await newInstallation()
})
afterEach(async () => {
  await server?.stop('SIGKILL')
  server = undefined
  installation.remove()
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Root may write everywhere, so it is started without that power. */
const powerless =
  process.getuid?.() === 0 ? { through: ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] } : {}

describe('a second server on the same folder', () => {
  test('stops with a sentence that names the first, which goes on', async () => {
    const { env } = installation
    server = await startServer({ env })
    const second = await runServer({ env })
    expectOneSentence(second, new RegExp(`is in use by another Rollcall \\(process ${server.pid} on `))
    expect(second.output).toContain('stop that one first')
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    expect((await server.stop()).code).toBe(0)
  })

  test('starts at once when the first was killed', async () => {
    const { env } = installation
    const first = await startServer({ env })
    await first.stop('SIGKILL')
    expect(existsSync(join(installation.folder, 'rollcall.lock'))).toBe(true)
    server = await startServer({ env })
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })

  test('is refused when the first only hangs', async () => {
    const { env } = installation
    server = await startServer({ env })
    server.kill('SIGSTOP')
    expectOneSentence(await runServer({ env }), new RegExp(`process ${server.pid} on `))
    server.kill('SIGCONT')
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })

  test('leaves the lock to nobody after a clean end', async () => {
    const { env } = installation
    const first = await startServer({ env })
    expect(await first.stop('SIGINT')).toMatchObject({ code: 0, signal: null })
    expect(existsSync(join(installation.folder, 'rollcall.lock'))).toBe(false)
  })

  test('that starts at the same moment is refused, whichever it is', async () => {
    const { env } = installation
    const starts = await Promise.allSettled([startServer({ env }), startServer({ env })])
    const [won] = starts.flatMap(start => (start.status === 'fulfilled' ? [start.value] : []))
    server = won
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = starts.find(start => start.status === 'rejected')
    expect(String(lost?.reason)).toContain(`is in use by another Rollcall (process ${String(won?.pid)} on `)
  })
})

describe('a folder', () => {
  test('that may not be written is told', async () => {
    const dataDir = join(folder, 'read-only')
    mkdirSync(dataDir, { mode: 0o555 })
    const ending = await runServer({ ...powerless, env: { DATA_DIR: dataDir } })
    chmodSync(dataDir, 0o755)
    expectOneSentence(ending, /^Rollcall may not write to the data folder .*read-only: give the user/)
  })

  test('whose parent may not be written is told', async () => {
    const parent = join(folder, 'read-only-parent')
    mkdirSync(parent, { mode: 0o555 })
    const ending = await runServer({ ...powerless, env: { DATA_DIR: join(parent, 'data') } })
    chmodSync(parent, 0o755)
    expectOneSentence(ending, /^Rollcall may not write to the data folder /)
  })

  test.each([
    ['is a file', 'file'],
    ['lies below a file', 'file/data'],
  ])('that %s is told', async (_title, path) => {
    writeFileSync(join(folder, 'file'), '')
    const ending = await runServer({ env: { DATA_DIR: join(folder, path) } })
    expectOneSentence(ending, /cannot be made because a file is in its way/)
  })

  test('whose database lost a file is told, with the way back', async () => {
    rmSync(join(installation.folder, 'postgres', 'global', 'pg_control'))
    const ending = await runServer({ env: installation.env })
    expectOneSentence(ending, /cannot be opened .* (npm run restore|put your backup)/)
  })
})
