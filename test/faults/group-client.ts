// A client of /Groups over real HTTP.
import { urn } from '#server/scim/index.ts'
import type { Answered } from './scim-client.ts'

export interface GroupClient {
  readonly get: (id: string) => Promise<Answered>
  readonly members: (id: string) => Promise<readonly string[]>
  readonly create: (group: Readonly<Record<string, unknown>>) => Promise<Answered>
  readonly put: (id: string, group: Readonly<Record<string, unknown>>) => Promise<Answered>
  readonly patch: (id: string, operations: readonly unknown[]) => Promise<Answered>
}

/** A client of one organization, at the server of this origin. */
export function groupClient(
  url: string,
  { orgId, scimToken }: { orgId: string; scimToken: { secret: string } },
): GroupClient {
  const headers = { authorization: `Bearer ${scimToken.secret}`, 'content-type': 'application/scim+json' }
  const call = async (method: string, path: string, body?: unknown): Promise<Answered> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${url}/scim/v2/${orgId}/Groups${path}`, { method, headers, ...sent })
    const text = await answer.text()
    const parsed: unknown = text === '' ? {} : JSON.parse(text)
    return { status: answer.status, headers: answer.headers, body: parsed as Answered['body'] }
  }
  return {
    get: id => call('GET', `/${id}`),
    members: async id => {
      const { body } = await call('GET', `/${id}`)
      return ((body['members'] ?? []) as { value: string }[]).map(({ value }) => value)
    },
    create: group => call('POST', '', { schemas: [urn.group], ...group }),
    put: (id, group) => call('PUT', `/${id}`, { schemas: [urn.group], ...group }),
    patch: (id, Operations) => call('PATCH', `/${id}`, { schemas: [urn.patchOp], Operations }),
  }
}
