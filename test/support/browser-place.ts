// Where a journey's server keeps its data: a folder for the wide screen, a database of PostgreSQL for the phone.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onServer, serverUrl, urlOf } from './postgresql-server.ts'

/** The projects of the journeys; each has servers of its own. */
export const browserProjects = ['desktop', 'phone', 'budgets'] as const
export type BrowserProject = (typeof browserProjects)[number]

export function isBrowserProject(name: string): name is BrowserProject {
  return browserProjects.some(known => known === name)
}

export interface BrowserPlace {
  /** Variables of the server. */
  readonly env: Readonly<Record<string, string>>
  readonly remove: () => Promise<void>
}

/**
 * An empty place for one server. With TEST_DATABASE_URL the phone's are databases on that server, so that each journey
 * is walked on both databases and at both widths in the time of two; without it every place is a folder.
 */
export async function browserPlace(project: BrowserProject): Promise<BrowserPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-browser-'))
  const env = { DATA_DIR: join(folder, 'data') }
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  const server = project === 'phone' ? serverUrl : undefined
  if (server === undefined) return { env, remove: removeFolder }
  const name = `rollcall_browser_${randomUUID().replaceAll('-', '')}`
  await onServer(server, admin => admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`))
  return {
    // Beside a folder the server makes a key of its own.
    env: { ...env, DATABASE_URL: urlOf(server, name), MASTER_KEY: randomBytes(32).toString('base64') },
    remove: async () => {
      await onServer(server, admin => admin.query(`DROP DATABASE ${name} WITH (FORCE)`))
      await removeFolder()
    },
  }
}
