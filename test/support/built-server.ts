// Vitest's global set-up for tests that start the server as a process: dist/ is built once, when it is stale.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Builds by the same script as `npm start`; what it says is shown only when it fails. */
export function setup(): void {
  const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))
  const built = spawnSync(process.execPath, [script], { encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`The server cannot be built:\n${built.stdout}${built.stderr}`)
}
