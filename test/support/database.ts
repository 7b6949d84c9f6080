// One migrated database for each test worker; tests keep apart by making an organization of their own.
import { openDatabase } from '#server/db/open.ts'
import type { Database } from '#server/db/open.ts'
import { embeddedTemplate, serverTemplate, testDatabasePrefix } from './database-template.ts'
import { onServer, serverUrl, urlOf } from './postgresql-server.ts'

/** Test files of one worker share the process but not always the modules, hence a place outside of them. */
const shared: typeof globalThis & { rollcallTestDatabase?: Promise<Database> } = globalThis

/**
 * The worker's database, opened at the first call: in memory, or on the server named by TEST_DATABASE_URL.
 * Nobody closes it; it ends with the worker.
 */
export function testDatabase(): Promise<Database> {
  shared.rollcallTestDatabase ??= freshDatabase()
  return shared.rollcallTestDatabase
}

let copies = 0

/** A migrated database without rows, of the caller's own, who closes it. */
export async function freshDatabase(): Promise<Database> {
  if (serverUrl === undefined) return openDatabase({ template: await embeddedTemplate() })
  return openDatabase({ url: await newDatabaseAddress() })
}

/** Address of a migrated database without rows on the server named by TEST_DATABASE_URL; throws without it. */
export async function newDatabaseAddress(): Promise<string> {
  if (serverUrl === undefined) throw new Error('TEST_DATABASE_URL names no PostgreSQL server.')
  return newDatabase(serverUrl, await serverTemplate(serverUrl))
}

/** A database without any table, of the caller's own, who closes it. */
export async function emptyDatabase(): Promise<Database> {
  if (serverUrl === undefined) return openDatabase({ template: await embeddedTemplate([]) })
  return openDatabase({ url: await newDatabase(serverUrl, 'template0') })
}

async function newDatabase(server: string, template: string): Promise<string> {
  copies += 1
  const name = `${testDatabasePrefix(process.ppid)}${process.pid}_${copies}`
  await onServer(server, admin => admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`))
  return urlOf(server, name)
}
