// What every command needs first: the right Node, the dependencies, generated code, fresh bundles.
// Old Nodes must be able to read this file, so that they can say they are too old: nothing newer than Node 14 here.
import { Buffer } from 'buffer'
import { spawn } from 'child_process'
import fs from 'fs'
import path from 'path'
import { fileURLToPath } from 'url'
import { freshen, isInstalled } from './stale.mjs'

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')

/** A failure whose message is all that a person needs; printed without a stack trace. */
export class Complaint extends Error {}

/** One sentence when `version` (as in process.versions.node) is older than 20.19, else undefined. */
export function nodeComplaint(version) {
  const [major, minor] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return undefined
  return `Rollcall needs Node.js 20.19 or newer, but this is ${version}: install a current version from https://nodejs.org and start again.`
}

/** Runs a command's work and turns its outcome into the exit code. */
export function command(work) {
  const complaint = nodeComplaint(process.versions.node)
  if (complaint) {
    console.error(complaint)
    process.exit(1)
  }
  work().then(
    code => {
      process.exitCode = code || 0
    },
    failure => {
      console.error(failure instanceof Complaint ? failure.message : failure)
      process.exitCode = 1
    },
  )
}

/** Installs the dependencies when they differ from package-lock.json. */
export async function install() {
  if (isInstalled(root)) return
  console.log('Installing dependencies (only needed once; a minute or so) ...')
  const npm = process.env.npm_execpath || ''
  const [file, first] = npm.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  // No package needs an install script, and one of them would download engines that are never used.
  const flags = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await quietly('Installing the dependencies', file, [...first, 'ci', ...flags])
}

const lock = ['package.json', 'package-lock.json']

/** Writes the database client and the web's typed documents when their sources have changed. */
export async function generate() {
  const documents = {
    name: 'web-documents',
    inputs: [...lock, 'server/graphql/schema.graphql', 'scripts/generate-web.mjs'],
    outputs: ['web/graphql/generated/schema.d.ts'],
  }
  // This one knows by itself whether it is stale, because people also run it by hand.
  await quietly('Generating the database client', process.execPath, ['scripts/generate.mjs'])
  await freshen(root, documents, () =>
    quietly('Generating the typed documents', process.execPath, ['scripts/generate-web.mjs']),
  )
}

/** Bundles server and web into dist/ when their sources have changed. */
export async function build() {
  const server = {
    name: 'server-bundle',
    inputs: [...lock, 'server', 'prisma', 'scripts/prepare.mjs'],
    outputs: ['dist/server/main.js'],
  }
  const web = {
    name: 'web-bundle',
    inputs: [...lock, 'web', 'server/graphql/schema.graphql', 'scripts/prepare.mjs'],
    outputs: ['dist/web/index.html'],
  }
  await freshen(root, server, () => {
    console.log('Building the server ...')
    return bundleServer()
  })
  const template = {
    name: 'database-template',
    inputs: [...lock, 'server/db', 'prisma/migrations', 'scripts/make-template.ts'],
    outputs: ['dist/server/database-template.tar.gz'],
  }
  await freshen(root, template, () =>
    quietly('Making an empty database', process.execPath, [
      'scripts/run.mjs',
      'scripts/make-template.ts',
      ...template.outputs,
    ]),
  )
  await freshen(root, web, () => {
    console.log('Building the console ...')
    const words = [bin('vite'), 'build', '-c', 'web/vite.config.ts']
    // Whoever builds, a test for example: else the console would be one that is half as big again, for developers.
    return quietly('Building the console', process.execPath, words, { NODE_ENV: 'production' })
  })
}

/**
 * What the server is started with, here and in the Dockerfile: young garbage is cleared early, which saves 30 MB. No
 * source maps: they would cost 20 MB, and the bundle keeps names and lines of its source readable.
 */
export const serverFlags = ['--max-semi-space-size=4']

/**
 * Prisma's query compiler comes as a module of base64 text, which would stay in memory twice, 9 MB in all. The bundle
 * reads the same bytes from a file of its own beside it, when they are asked for.
 */
const compilerAsFile = {
  name: 'compiler-as-file',
  resolveId(source) {
    return /\.wasm-base64\.mjs$/.test(source) ? `\0${source}` : null
  },
  async load(id) {
    if (!/^\0.*\.wasm-base64\.mjs$/.test(id)) return null
    const { wasm } = await import(id.slice(1))
    this.emitFile({ type: 'asset', fileName: 'query-compiler.wasm', source: Buffer.from(wasm, 'base64') })
    return `import { readFileSync } from 'node:fs'
      const read = () => readFileSync(new URL('./query-compiler.wasm', import.meta.url))
      export const wasm = { valueOf: read }`
  },
}

/**
 * A text with one character beyond Latin-1 takes twice the memory, and the source stays there: such characters are
 * escaped, which they can be wherever they stand in what is left without comments.
 */
const narrowSource = {
  name: 'narrow-source',
  generateBundle(_options, bundle) {
    const escaped = character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    for (const part of Object.values(bundle)) {
      if (part.type === 'chunk') part.code = part.code.replace(/[\u0100-\uffff]/g, escaped)
    }
  },
}

/** Packages that read files of their own beside their code, and are therefore not bundled. */
const outside = ['@electric-sql/pglite', '@node-rs/argon2', '@prisma/client', 'pino']

function isOutside(id) {
  return outside.some(name => id === name || id.startsWith(`${name}/`)) && !id.endsWith('.wasm-base64.mjs')
}

/**
 * How the server becomes one file, and some that are loaded later, with the packages it uses: fifteen hundred files of
 * theirs took as long to find and read as everything else at a start.
 */
export const serverBundle = {
  input: { main: path.join(root, 'server/main.ts') },
  cwd: root,
  platform: 'node',
  external: isOutside,
  plugins: [compilerAsFile, narrowSource],
  output: {
    dir: path.join(root, 'dist/server'),
    format: 'esm',
    sourcemap: true,
    comments: { jsdoc: false, annotation: false, legal: true },
    chunkFileNames: '[name].js',
  },
}

async function bundleServer() {
  const rolldown = await import('rolldown')
  try {
    await rolldown.build({ ...serverBundle, logLevel: 'warn' })
  } catch (failure) {
    throw new Complaint(`Building the server failed:\n${failure.message}`)
  }
}

/** The file behind a package's command, e.g. bin('vitest'); run it with Node, so that no shell is needed. */
export function bin(name, packageName = name) {
  const folder = path.join(root, 'node_modules', packageName)
  const { bin: bins } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  return path.join(folder, typeof bins === 'string' ? bins : bins[name])
}

/** What a failed command said, without the places in its own code. */
function withoutTraces(output) {
  const told = output
    .split('\n')
    .filter(line => !/^(npm error )?\s+at |^\s*\^+\s*$|^node:internal/.test(line))
  return told.join('\n').trim()
}

/** Runs a command without showing its output, unless it fails. Throws a Complaint then. */
function quietly(what, file, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32' && file === 'npm',
    })
    let output = ''
    const keep = chunk => {
      output = (output + chunk).slice(-8000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', failure => reject(new Complaint(`${what} failed: ${failure.message}`)))
    child.on('close', code =>
      code === 0 ? resolve() : reject(new Complaint(`${what} failed:\n\n${withoutTraces(output)}`)),
    )
  })
}

/**
 * Runs Node with the terminal handed over, passes signals on, and answers the exit code. When a signal ended
 * the child, the same signal ends this process, so that whoever waits for it learns the reason.
 */
export function runNode(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    const pass = signal => {
      // Ctrl-C reaches the whole foreground group by itself; a second one would cut a clean stop short.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, pass)
      if (signal) process.kill(process.pid, signal)
      else resolve(code)
    })
  })
}
