// Finds an address that no managed event has.
import type { Sql, Statement } from '#server/domain/context.ts'

const free: Statement = {
  name: 'free-slug',
  text: `SELECT $2::text || '-' || min(n) AS slug FROM generate_series(1, 1000) AS n
    WHERE NOT EXISTS (SELECT 1 FROM managed_events e WHERE e.org_id = $1 AND e.slug = $2::text || '-' || n)`,
}

/** The first free continuation of a slug: `intro-1`, `intro-2` … */
export async function readFreeSlug(sql: Sql, slug: string): Promise<string> {
  const [row] = await sql.run<{ slug: string }>(free, [slug.replace(/-+$/, '')])
  return row?.slug ?? slug
}
