// Packs a folder into one compressed file and back: the format (ustar, gzip) that tar and PGlite read too.
import {
  closeSync,
  createReadStream,
  createWriteStream,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip, createGunzip } from 'node:zlib'
import { syncFolder } from './folder-files.ts'

const BLOCK = 512

/** Fast: a database shrinks to a fifth at this level already. */
const LEVEL = 3

/** Bytes that are read at one go. A busy server gives each turn of the event loop late, so the turns are few. */
const PORTION = 256 * 1024

/** Writes `file`, compressed and synced, with everything below `folder`. */
export async function packFolder(folder: string, file: string): Promise<void> {
  await pipeline(
    Readable.from(inPortions(archive(folder, '')), { objectMode: false }),
    createGzip({ level: LEVEL }),
    createWriteStream(file, { flush: true, mode: 0o600 }),
  )
}

function* inPortions(parts: Iterable<Buffer>): Generator<Buffer> {
  let portion: Buffer[] = []
  let size = 0
  for (const part of parts) {
    portion.push(part)
    size += part.length
    if (size < PORTION) continue
    yield Buffer.concat(portion)
    portion = []
    size = 0
  }
  yield Buffer.concat([...portion, Buffer.alloc(2 * BLOCK)])
}

/** The archive's parts; `below` is a path inside of the folder that ends with a slash, or ''. */
function* archive(folder: string, below: string): Generator<Buffer> {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const name = below + entry.name
    const { size, mtime } = statSync(join(folder, name))
    if (entry.isDirectory()) {
      yield header({ name: `${name}/`, size: 0, mtime, isFolder: true })
      yield* archive(folder, `${name}/`)
    } else {
      yield header({ name, size, mtime, isFolder: false })
      yield* content(join(folder, name), size)
      yield Buffer.alloc(padding(size))
    }
  }
}

function* content(path: string, size: number): Generator<Buffer> {
  const descriptor = openSync(path, 'r')
  try {
    for (let left = size; left > 0;) {
      const part = Buffer.alloc(Math.min(left, PORTION))
      const length = readSync(descriptor, part)
      if (length === 0) throw new Error(`The file ${path} became shorter while it was packed.`)
      yield part.subarray(0, length)
      left -= length
    }
  } finally {
    closeSync(descriptor)
  }
}

interface Entry {
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly mtime: Date
  readonly isFolder: boolean
}

/** Field places after POSIX.1-1988, "ustar interchange format". */
function header({ name, size, mtime, isFolder }: Entry): Buffer {
  const block = Buffer.alloc(BLOCK)
  if (Buffer.byteLength(name) > 100) throw new Error(`The path ${name} is too long for an archive.`)
  const octal = (value: number, at: number, length: number): number =>
    block.write(value.toString(8).padStart(length - 1, '0'), at)
  block.write(name, 0)
  octal(isFolder ? 0o700 : 0o600, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(Math.floor(mtime.getTime() / 1000), 136, 12)
  block.write(' '.repeat(8), 148)
  block.write(isFolder ? '5' : '0', 156)
  block.write('ustar\0' + '00', 257)
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  )
  return block
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

/**
 * Unpacks a compressed archive into `folder`, which must be empty, and syncs every file of it.
 * @throws Error when the archive is damaged or cut off.
 */
export async function unpackInto(folder: string, file: string): Promise<void> {
  const zipped = createReadStream(file)
  const unzipped = createGunzip()
  zipped.on('error', error => unzipped.destroy(error)).pipe(unzipped)
  const source = new Source(unzipped)
  const folders = [folder]
  const files: string[] = []
  for (;;) {
    const block = await source.take(BLOCK)
    const name = text(block, 0, 100)
    if (name === '') break
    const path = join(folder, name)
    if (relative(folder, path).startsWith('..'))
      throw new Error(`The archive ${file} holds a path outside of itself.`)
    if (text(block, 156, 1) === '5') {
      mkdirSync(path, { recursive: true, mode: 0o700 })
      folders.push(path)
    } else {
      await extract(source, path, Number.parseInt(text(block, 124, 12), 8))
      files.push(path)
    }
  }
  // The checksum of the whole is compared at its end.
  await source.end()
  await syncFiles(files)
  for (const made of folders) await syncFolder(made)
}

async function extract(source: Source, path: string, size: number): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const descriptor = openSync(path, 'wx', 0o600)
  try {
    for (let left = size; left > 0;) {
      const part = await source.takeSome(left)
      writeFileSync(descriptor, part)
      left -= part.length
    }
  } finally {
    closeSync(descriptor)
  }
  await source.take(padding(size))
}

/** Syncs after everything is written, many at once: the disk then needs a few turns and not one for each file. */
async function syncFiles(paths: readonly string[]): Promise<void> {
  const queue = [...paths]
  const worker = async (): Promise<void> => {
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const handle = await open(path, 'r')
      await handle.sync()
      await handle.close()
    }
  }
  await Promise.all(Array.from({ length: 16 }, worker))
}

function text(block: Buffer, at: number, length: number): string {
  const field = block.toString('utf8', at, at + length)
  return field.split('\0', 1)[0]?.trim() ?? ''
}

/** Bytes of a stream in the portions that the reader wants. */
class Source {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  /** Between one and `most` bytes. */
  async takeSome(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next()
      if (next.done === true) throw new Error('The archive is cut off.')
      this.#rest = next.value
    }
    const part = this.#rest.subarray(0, most)
    this.#rest = this.#rest.subarray(most)
    return part
  }

  /** Exactly `size` bytes. */
  async take(size: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for (let left = size; left > 0;) {
      const part = await this.takeSome(left)
      parts.push(part)
      left -= part.length
    }
    return Buffer.concat(parts)
  }

  /** Reads and drops what is left. */
  async end(): Promise<void> {
    while ((await this.#chunks.next()).done !== true) this.#rest = Buffer.alloc(0)
  }
}
