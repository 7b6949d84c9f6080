// The PostgreSQL server that tests may use instead of the embedded database, and its administrator's hand.
import pg from 'pg'

/** A PostgreSQL server to test on, with the right to create databases; undefined when there is none. */
export const serverUrl = process.env['TEST_DATABASE_URL']

/** Runs SQL as the server's administrator, outside of any test database. */
export async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** `url` with another database name. */
export function urlOf(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}
