// What people, keys and tokens are called that did something, read together for a whole list.
import { batched } from './batch.ts'

/** Names of who gave something, by kind and id; people who were purged have none. */
const loadName = batched<string, string>(async (call, keys) => {
  const { orgId, db } = call.org
  const idsOf = (kind: string): string[] =>
    keys.filter(key => key.startsWith(`${kind} `)).map(key => key.slice(kind.length + 1))
  const where = (kind: string) => ({ orgId, id: { in: idsOf(kind) } })
  const [people, keysMade, tokens, clients] = await Promise.all([
    idsOf('person').length === 0
      ? []
      : db.user.findMany({ where: where('person'), select: { id: true, displayName: true } }),
    idsOf('api-key').length === 0
      ? []
      : db.apiKey.findMany({ where: where('api-key'), select: { id: true, name: true } }),
    idsOf('scim-token').length === 0
      ? []
      : db.scimToken.findMany({ where: where('scim-token'), select: { id: true, name: true } }),
    idsOf('scim-token').length === 0
      ? []
      : db.oauthClient.findMany({ where: where('scim-token'), select: { id: true, name: true } }),
  ])
  return new Map([
    ...people.map(({ id, displayName }) => [`person ${id}`, displayName] as const),
    ...keysMade.map(({ id, name }) => [`api-key ${id}`, name] as const),
    ...[...tokens, ...clients].map(({ id, name }) => [`scim-token ${id}`, name] as const),
  ])
})

/** Of a reason or an edit: who, as far as it is kept and known. */
export async function nameOf(
  call: Parameters<typeof loadName>[0],
  who: { kind: string; id: string | null },
): Promise<string | null> {
  return who.id === null ? null : ((await loadName(call, `${who.kind} ${who.id}`)) ?? null)
}
