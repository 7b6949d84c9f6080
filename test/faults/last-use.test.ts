// The power button a minute after a token was used: its last use is there, also when nobody asked the server to end.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { graphqlClient } from './graphql-client.ts'
import { newInstallationWithOrganization, temporaryFolder } from './installation.ts'
import { scimClient } from './scim-client.ts'

/** A process whose rounds of a minute take this long, in milliseconds; a longer interval would stay as long as it is. */
const minute = 200
const hurry = `const slow = globalThis.setInterval
globalThis.setInterval = (work, delay, ...rest) => slow(work, delay === 60_000 ? ${String(minute)} : delay, ...rest)`

const folder = temporaryFolder()
let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let server: ServerProcess | undefined
beforeAll(async () => {
  installation = await newInstallationWithOrganization()
})
afterAll(async () => {
  await server?.stop('SIGKILL')
  installation.remove()
  rmSync(folder, { recursive: true, force: true })
})

interface Tokens {
  readonly organization: { readonly scimTokens: readonly { readonly lastUsedAt: string | null }[] }
}

async function lastUse(url: string): Promise<string | null> {
  const ask = graphqlClient(url, installation.org.apiKey.secret)
  const { organization } = await ask<Tokens>('{ organization { scimTokens { lastUsedAt } } }')
  return organization.scimTokens[0]?.lastUsedAt ?? null
}

test('trust T16: kill -9 loses no last use that is older than the round of a minute', async () => {
  const quick = join(folder, 'hurry.mjs')
  writeFileSync(quick, hurry)
  const env = { ...installation.env, NODE_OPTIONS: `--import=${pathToFileURL(quick).href}` }
  server = await startServer({ env })
  expect((await scimClient(server.url, installation.org).get('/Users?count=0')).status).toBe(200)
  const { url } = server
  const used = Date.now()
  await expect.poll(() => lastUse(url), { timeout: 10_000, interval: 20 }).not.toBeNull()
  const known = await lastUse(url)
  expect(Math.abs(Date.parse(known ?? '') - used)).toBeLessThan(60_000)
  expect((await server.stop('SIGKILL')).signal).toBe('SIGKILL')
  server = await startServer({ env: installation.env })
  expect(await lastUse(server.url)).toBe(known)
})
