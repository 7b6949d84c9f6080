// A SCIM client over real HTTP; a broken connection is a thrown error, every answer a value.
import { urn } from '#server/scim/index.ts'

export interface Answered {
  readonly status: number
  readonly headers: Headers
  /** The parsed body; an empty object when there is none. */
  readonly body: Readonly<Record<string, unknown>>
}

export interface ScimClient {
  readonly get: (path: string) => Promise<Answered>
  readonly create: (person: Readonly<Record<string, unknown>>) => Promise<Answered>
  /** PATCH with `replace` of these attributes. */
  readonly replace: (id: string, attributes: Readonly<Record<string, unknown>>) => Promise<Answered>
  readonly patch: (
    id: string,
    operations: readonly unknown[],
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answered>
  readonly remove: (id: string) => Promise<Answered>
  readonly bulk: (operations: readonly unknown[]) => Promise<Answered>
}

interface Sent {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

interface Tenant {
  readonly orgId: string
  readonly scimToken: { readonly secret: string }
}

/** A client of one organization, at the server of this origin. */
export function scimClient(url: string, { orgId, scimToken }: Tenant): ScimClient {
  const call = async (method: string, path: string, sent: Sent = {}): Promise<Answered> => {
    const { body, headers } = sent
    const answer = await fetch(`${url}/scim/v2/${orgId}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${scimToken.secret}`,
        'content-type': 'application/scim+json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const parsed: unknown = text === '' ? {} : JSON.parse(text)
    return { status: answer.status, headers: answer.headers, body: parsed as Answered['body'] }
  }
  const patch: ScimClient['patch'] = (id, operations, headers = {}) =>
    call('PATCH', `/Users/${id}`, { body: { schemas: [urn.patchOp], Operations: operations }, headers })
  return {
    get: path => call('GET', path),
    create: person => call('POST', '/Users', { body: { schemas: [urn.user], ...person } }),
    replace: (id, attributes) => patch(id, [{ op: 'replace', value: attributes }]),
    patch,
    remove: id => call('DELETE', `/Users/${id}`),
    bulk: operations =>
      call('POST', '/Bulk', { body: { schemas: [urn.bulkRequest], Operations: operations } }),
  }
}

/** Runs `work` for each item, `width` at a time; the first failure stops it. */
export async function inParallel<Item>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = [...items].reverse()
  const lane = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: width }, lane))
}
