// Tells whether what a build step made still fits its inputs, by a hash of their contents.
import crypto from 'crypto'
import fs from 'fs'
import path from 'path'

/** Paths of all files under `target` (a file or a folder), sorted; build tools leave caches in node_modules. */
export function filesUnder(target) {
  if (!fs.existsSync(target)) return []
  if (!fs.statSync(target).isDirectory()) return [target]
  return fs
    .readdirSync(target)
    .filter(name => name !== 'node_modules')
    .sort()
    .flatMap(name => filesUnder(path.join(target, name)))
}

/** SHA-256 over names and contents of the inputs, hex. An input is a file or a folder, relative to `root`. */
export function hashOf(root, inputs) {
  const hash = crypto.createHash('sha256').update(process.versions.node.split('.')[0])
  for (const file of inputs.flatMap(input => filesUnder(path.join(root, input)))) {
    const content = fs.readFileSync(file)
    hash.update(`\n${path.relative(root, file)} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/**
 * Runs `make` when an output is missing or the inputs have changed since it last succeeded.
 * Answers whether it ran. A `make` that throws leaves the step stale.
 */
export async function freshen(root, step, make) {
  const record = path.join(root, 'node_modules/.cache/rollcall', step.name)
  const hash = hashOf(root, step.inputs)
  const known = fs.existsSync(record) && fs.readFileSync(record, 'utf8') === hash
  if (known && step.outputs.every(output => fs.existsSync(path.join(root, output)))) return false
  await make()
  fs.mkdirSync(path.dirname(record), { recursive: true })
  fs.writeFileSync(record, hash)
  return true
}

/**
 * Whether node_modules holds what package-lock.json names. Optional packages are not asked for: which of them
 * are installed depends on the machine.
 */
export function isInstalled(root) {
  const installed = packagesIn(path.join(root, 'node_modules/.package-lock.json'))
  const locked = packagesIn(path.join(root, 'package-lock.json'))
  if (!installed || !locked) return false
  return Object.keys(locked)
    .filter(place => place !== '' && !locked[place].optional && !locked[place].devOptional)
    .every(place => installed[place] && installed[place].version === locked[place].version)
}

function packagesIn(lockFile) {
  if (!fs.existsSync(lockFile)) return undefined
  return JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages
}
