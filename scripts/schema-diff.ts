// What SQL leads from the migrations to the schema: Prisma's schema engine as WebAssembly, on a PGlite in memory.
import type { EventEmitter } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { DiffTarget, SchemaEngine } from '@prisma/schema-engine-wasm'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import type pg from 'pg'
import { pglitePool } from '../server/db/pglite-pool.ts'
import type { Migration } from '../server/db/migrations-folder.ts'

/** The part of the WebAssembly API that is used; its types come with the browser's, which the server has not. */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> }
}

interface EngineModule {
  __wbg_set_wasm(exports: object): void
  SchemaEngine: typeof SchemaEngine
}

/** Called by the engine with the message of a crash, which it does not hand to its caller in any other way. */
function set_message(message: string): void {
  process.stderr.write(`${message}\n`)
}
Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message } })

/** Node 20 does not import WebAssembly files, so the package's own entrance cannot be used. */
function load(): typeof SchemaEngine {
  const bindings = engineModule as unknown as EngineModule
  const folder = dirname(
    createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'),
  )
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly
  const compiled = new Module(readFileSync(join(folder, 'schema_engine_bg.wasm')))
  const { exports } = new Instance(compiled, { './schema_engine_bg.js': engineModule })
  bindings.__wbg_set_wasm(exports)
  ;(exports['__wbindgen_start'] as () => void)()
  return bindings.SchemaEngine
}

const Engine = load()

/** PostgreSQL's one-letter type "char", which its catalogs use. */
const CATALOG_CHAR = 18
const VARCHAR = 1043

/** Lets pg read "char" as varchar; answers the columns of the latest result that were "char". */
function watchLetters(pool: pg.Pool): ReadonlySet<number> {
  const letters = new Set<number>()
  pool.on('connect', client => {
    const { connection } = client as unknown as { connection: EventEmitter }
    connection.prependListener('rowDescription', ({ fields }: { fields: { dataTypeID: number }[] }) => {
      letters.clear()
      for (const [column, field] of fields.entries()) {
        if (field.dataTypeID !== CATALOG_CHAR) continue
        field.dataTypeID = VARCHAR
        letters.add(column)
      }
    })
  })
  return letters
}

/**
 * An adapter for the engine. It differs from the stock one in two methods: queries read "char" columns as the engine
 * expects them, and scripts are run whole instead of cut at every semicolon, also inside of functions and texts.
 */
async function engineAdapter(pool: pg.Pool, letters: ReadonlySet<number>): Promise<SqlDriverAdapter> {
  const adapter = await new PrismaPg(pool).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async query => {
    const result = await queryRaw(query)
    for (const column of letters) result.columnTypes[column] = ColumnTypeEnum.Character
    return result
  }
  adapter.executeScript = async script => {
    await pool.query(script)
  }
  return adapter
}

let empty: Promise<File | Blob> | undefined

/** The files of an empty database: making them takes seconds, so it is done once. */
async function emptyFiles(): Promise<File | Blob> {
  const database = await PGlite.create()
  const files = await database.dumpDataDir('none')
  await database.close()
  return files
}

/** An empty database in memory, which serves as the shadow database too. */
async function inMemory(): Promise<{
  adapter: SqlMigrationAwareDriverAdapterFactory
  close(): Promise<void>
}> {
  const database = await PGlite.create({ loadDataDir: await (empty ??= emptyFiles()) })
  const pool = pglitePool(database)
  const letters = watchLetters(pool)
  const connect = (): Promise<SqlDriverAdapter> => engineAdapter(pool, letters)
  return {
    adapter: { provider: 'postgres', adapterName: 'pglite', connect, connectToShadowDb: connect },
    async close() {
      await pool.end()
      await database.close()
    },
  }
}

export interface SchemaFile {
  readonly path: string
  readonly content: string
}

/** The schema: `schema.prisma` of a folder, and what lies in its folder `schema` when it has one. */
export function readSchema(folder: string): SchemaFile[] {
  const parts = join(folder, 'schema')
  const names = existsSync(parts) ? readdirSync(parts).filter(name => name.endsWith('.prisma')) : []
  return ['schema.prisma', ...names.sort().map(name => join('schema', name))]
    .filter(path => existsSync(join(folder, path)))
    .map(path => ({ path, content: readFileSync(join(folder, path), 'utf8') }))
}

/**
 * The SQL that leads from what `migrations` build to what the schema says; '' when they agree. Only what Prisma's
 * language can say is compared: partial and expression indexes, checks and functions of the migrations are left alone.
 */
export async function schemaDiff(
  migrations: readonly Pick<Migration, 'name' | 'sql'>[],
  schema: readonly SchemaFile[],
): Promise<string> {
  const shadow = await inMemory()
  const boundAdapter = bindMigrationAwareSqlAdapterFactory(shadow.adapter)
  const datamodels = schema.map(({ path, content }): [string, string] => [path, content])
  const engine = await Engine.new({ datamodels }, () => undefined, boundAdapter)
  try {
    const { stdout } = await engine.diff({
      from: migrationList(migrations),
      to: { tag: 'schemaDatamodel', files: [...schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    const script = stdout ?? ''
    return script.startsWith('-- This is an empty migration.') ? '' : script
  } finally {
    engine.free()
    await shadow.close()
  }
}

function migrationList(migrations: readonly Pick<Migration, 'name' | 'sql'>[]): DiffTarget {
  return {
    tag: 'migrations',
    baseDir: '/migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}
