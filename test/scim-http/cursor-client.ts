// Walks a list page by page as a client does that follows cursors.
import { expect } from 'vitest'
import type { Resource } from '#server/scim/index.ts'
import { resourcesOf, textOf, type Tenant } from './client.ts'

/** The cursor to the next page; undefined on the last one. */
export function cursorIn(body: Resource): string | undefined {
  const cursor = body['nextCursor']
  return cursor === undefined ? undefined : textOf(cursor)
}

/** One page: the path with its other parameters, and a cursor. */
export async function pageOf(tenant: Tenant, path: string, cursor = ''): Promise<Resource> {
  const { status, body, text } = await tenant.get(`${path}&cursor=${cursor}`)
  expect(status, text).toBe(200)
  return body
}

/** Every page's resources; `between` runs after each page with what was seen so far. */
export async function walk(
  tenant: Tenant,
  path: string,
  between: (seen: readonly Resource[]) => Promise<void> = () => Promise.resolve(),
): Promise<readonly Resource[]> {
  const seen: Resource[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const body = await pageOf(tenant, path, cursor)
    seen.push(...resourcesOf(body))
    await between(seen)
    cursor = cursorIn(body)
  }
  return seen
}

/** Every page's resources, counted by `startIndex`. */
export async function walkByIndex(tenant: Tenant, path: string): Promise<readonly Resource[]> {
  const seen: Resource[] = []
  for (;;) {
    const { status, body, text } = await tenant.get(`${path}&startIndex=${String(seen.length + 1)}`)
    expect(status, text).toBe(200)
    if (resourcesOf(body).length === 0) return seen
    seen.push(...resourcesOf(body))
  }
}

/** No two cursors are alike, even if they lead to the same page. */
export function withoutCursor({ nextCursor: _cursor, ...page }: Resource): Resource {
  return page
}
