// What the commands say before the server is there, and what they hand on to it and back.
import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeComplaint } from '../../scripts/prepare.mjs'

const house = new URL('../..', import.meta.url).pathname

describe('the Node version', () => {
  test.each(['14.21.3', '18.20.8', '20.18.3'])('%s is refused in one sentence', version => {
    expect(nodeComplaint(version)).toMatch(/^Rollcall needs Node\.js 20\.19 or newer, but this is .*\.$/)
  })

  test.each(['20.19.0', '20.20.2', '22.12.0', '26.0.0'])('%s is welcome', version => {
    expect(nodeComplaint(version)).toBeUndefined()
  })
})

describe('npm start', () => {
  let root: string

  /** A tiny house around the real scripts: its server says what it was given and ends as it is told. */
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'start-'))
    cpSync(join(house, 'scripts'), join(root, 'scripts'), { recursive: true })
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(house, name), join(root, name))
    mkdirSync(join(root, 'node_modules'))
    for (const name of ['.package-lock.json', 'rolldown', 'tsx', 'vite'])
      symlinkSync(join(house, 'node_modules', name), join(root, 'node_modules', name))
    write('scripts/generate.mjs', '')
    write('scripts/generate-web.mjs', '')
    write('scripts/make-template.ts', template)
    write('prisma/generated/client.ts', '')
    write('prisma/migrations/1_initial/migration.sql', '')
    write('server/db/open.ts', '')
    write('web/graphql/generated/schema.d.ts', '')
    write('web/index.html', '<script type="module" src="./main.ts"></script>')
    write('web/main.ts', 'console.log(process.env.NODE_ENV)')
    write('web/vite.config.ts', "export default { root: 'web', build: { outDir: '../dist/web' } }")
    write('server/main.ts', "import { say } from '#server/say.ts'\nsay(process.argv.slice(2))\n")
    write('server/say.ts', say)
  })

  afterAll(() => {
    rmSync(root, { recursive: true })
  })

  const template = `
    import { mkdirSync, writeFileSync } from 'node:fs'
    mkdirSync('dist/server', { recursive: true })
    writeFileSync(String(process.argv[2]), '')
  `

  const say = `
    export function say(words: string[]): void {
      process.on('SIGTERM', () => process.exit(9))
      console.log(JSON.stringify(words))
      if (words[0] === 'stay') setInterval(() => undefined, 1000)
      else process.exitCode = Number(words[0] ?? 0)
    }
  `

  function write(path: string, content: string): void {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }

  const start = (...words: string[]) =>
    spawnSync(process.execPath, ['scripts/start.mjs', ...words], { cwd: root, encoding: 'utf8' })

  test('builds, then hands arguments on and the exit code back', () => {
    const first = start('7', '--demo', 'two words')
    expect(first).toMatchObject({ status: 7, stderr: '' })
    expect(first.stdout.trim().split('\n').at(-1)).toBe('["7","--demo","two words"]')
  })

  test('builds the console for its users, also when a test builds it', () => {
    expect(process.env.NODE_ENV).toBe('test')
    start('0')
    const assets = join(root, 'dist/web/assets')
    const built = readdirSync(assets).map(name => readFileSync(join(assets, name), 'utf8'))
    expect(built.join()).toMatch(/\Wlog\(.production.\)/)
  })

  test('builds nothing the second time', () => {
    start('0')
    expect(start('0')).toMatchObject({ status: 0, stdout: '["0"]\n', stderr: '' })
  })

  test('passes a signal on and waits for the server', async () => {
    const child = spawn(process.execPath, ['scripts/start.mjs', 'stay'], { cwd: root })
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('stay')) child.kill('SIGTERM')
    })
    expect(await new Promise(resolve => child.on('close', resolve))).toBe(9)
  })

  test('says what is wrong with the source, without a stack trace of its own', () => {
    write('server/say.ts', 'export const = 1')
    const broken = start()
    write('server/say.ts', say)
    expect(broken.status).toBe(1)
    expect(broken.stderr).toMatch(/^Building the server failed:/)
    expect(broken.stderr).not.toMatch(/^\s+at /m)
  })
})
