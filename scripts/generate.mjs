// Writes the database client from prisma/schema.prisma, without downloading anything and only when it is stale.
import { spawn } from 'child_process'
import fs from 'fs'
import path from 'path'
import { fileURLToPath } from 'url'
import { freshen } from './stale.mjs'

const self = fileURLToPath(import.meta.url)
const root = path.join(path.dirname(self), '..')

// Prisma looks for a schema engine on a host of its own before it generates, although generating never runs it.
// Naming any file ends the search. This one is no program, so a command that did need the engine fails loudly.
// Prisma starts its generators by name, so their folder must be on the path.
const environment = {
  ...process.env,
  PRISMA_SCHEMA_ENGINE_BINARY: self,
  CHECKPOINT_DISABLE: '1',
  PATH: [path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter),
}

const client = {
  name: 'prisma-client',
  inputs: [
    'prisma/schema.prisma',
    'prisma/schema',
    'prisma/prisma.config.ts',
    'scripts/generate.mjs',
    'node_modules/prisma/package.json',
    'node_modules/@prisma/client/package.json',
    'node_modules/@pothos/plugin-prisma/package.json',
  ],
  outputs: ['prisma/generated/client.ts', 'prisma/generated/pothos-types.ts'],
}

function prismaGenerate() {
  const { bin } = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/prisma/package.json'), 'utf8'))
  const program = path.join(root, 'node_modules/prisma', bin.prisma)
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [program, 'generate', '--no-hints', '--config', 'prisma/prisma.config.ts'],
      {
        cwd: root,
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let output = ''
    child.stdout.on('data', chunk => (output += chunk))
    child.stderr.on('data', chunk => (output += chunk))
    child.on('error', reject)
    child.on('close', code => (code === 0 ? resolve() : reject(new Error(output.trim()))))
  })
}

try {
  await freshen(root, client, prismaGenerate)
} catch (failure) {
  console.error(failure.message)
  process.exitCode = 1
}
