// Writes the types of the GraphQL documents from server/graphql/schema.graphql.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const command = join(dirname(createRequire(import.meta.url).resolve('gql.tada/package.json')), 'bin/cli.js')
mkdirSync(join(root, 'web/graphql/generated'), { recursive: true })
const done = spawnSync(process.execPath, [command, 'generate-output', '-c', 'web/tsconfig.json'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
process.exit(done.status ?? 1)
