// The console's files are sent packed to whoever takes that, with the same names, types and times to keep.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consoleFiles } from '#server/http/console-files.ts'
import { packFiles } from '#web/vite-gzip.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-console-'))
const script = `export const words = '${'plain '.repeat(200)}'\n`
const page = `<!doctype html><title>Rollcall</title>${'<p>Some words.</p>'.repeat(50)}`
const app = Fastify()

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), page)
  writeFileSync(join(folder, 'assets/index-a1b2c3.js'), script)
  packFiles(folder)
  await app.register(consoleFiles(folder))
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  [
    'a script',
    '/assets/index-a1b2c3.js',
    script,
    'public, max-age=31536000, immutable',
    'application/javascript',
  ],
  ['the start page', '/', page, 'no-cache', 'text/html'],
  ['the address of a page', '/users', page, 'no-cache', 'text/html'],
])('%s goes packed to whoever takes gzip, and plain to others', async (_what, url, text, kept, type) => {
  const ask = (encoding: string) =>
    app.inject({ url, headers: { accept: 'text/html,*/*', 'accept-encoding': encoding } })
  const packed = await ask('gzip, deflate, br')
  expect(packed.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(packed.rawPayload).toString()).toBe(text)
  const plain = await ask('identity')
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body).toBe(text)
  for (const { headers } of [packed, plain]) {
    expect(headers['cache-control']).toBe(kept)
    expect(headers['content-type']).toContain(type)
    expect(headers['vary']).toMatch(/accept-encoding/i)
  }
})
