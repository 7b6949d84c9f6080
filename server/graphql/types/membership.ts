// Why somebody is in a group.
import { lockReason, type SourceKind } from '#server/domain/memberships/rules/source.ts'
import { batched } from '../batch.ts'
import { builder } from '../builder.ts'
import type { MembershipRow, SourceRow } from '../group-keys.sql.ts'
import { globalId } from '../ids.ts'
import { MembershipSourceKind } from './enums.ts'

/** Names of who gave something, by kind and id; people who were purged have none. */
const loadName = batched<string, string>(async (call, keys) => {
  const { orgId, db } = call.org
  const idsOf = (kind: string): string[] =>
    keys.filter(key => key.startsWith(`${kind} `)).map(key => key.slice(kind.length + 1))
  const where = (kind: string) => ({ orgId, id: { in: idsOf(kind) } })
  const [people, keysMade, tokens] = await Promise.all([
    idsOf('person').length === 0
      ? []
      : db.user.findMany({ where: where('person'), select: { id: true, displayName: true } }),
    idsOf('api-key').length === 0
      ? []
      : db.apiKey.findMany({ where: where('api-key'), select: { id: true, name: true } }),
    idsOf('scim-token').length === 0
      ? []
      : db.scimToken.findMany({ where: where('scim-token'), select: { id: true, name: true } }),
  ])
  return new Map([
    ...people.map(({ id, displayName }) => [`person ${id}`, displayName] as const),
    ...keysMade.map(({ id, name }) => [`api-key ${id}`, name] as const),
    ...tokens.map(({ id, name }) => [`scim-token ${id}`, name] as const),
  ])
})

/** Of a reason or an edit: who, as far as it is kept and known. */
export async function nameOf(
  call: Parameters<typeof loadName>[0],
  who: { kind: string; id: string | null },
): Promise<string | null> {
  return who.id === null ? null : ((await loadName(call, `${who.kind} ${who.id}`)) ?? null)
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function giverOf({ kind, detail }: SourceRow): { kind: string; id: string | null } {
  if (kind === 'manual') {
    const by = (detail['by'] ?? {}) as Record<string, unknown>
    return { kind: text(by['kind']) ?? '', id: text(by['id']) }
  }
  return { kind: 'scim-token', id: text(detail['tokenId']) }
}

export const MembershipSource = builder.objectRef<SourceRow>('MembershipSource').implement({
  description: 'One reason why somebody is in a group; the membership lasts while one remains.',
  authScopes: { member: true },
  fields: t => ({
    kind: t.field({
      type: MembershipSourceKind,
      description: 'What kind of reason.',
      resolve: source => source.kind,
    }),
    grantedAt: t.field({
      type: 'DateTime',
      description: 'Since when.',
      resolve: source => new Date(source.grantedAt),
    }),
    value: t.string({
      nullable: true,
      description: 'The value of the group attribute that placed them; null for other reasons.',
      resolve: ({ detail }) => text(detail['value']),
    }),
    waitedAs: t.string({
      nullable: true,
      description:
        'What the provider called them while the group waited for them to arrive; null for others.',
      resolve: ({ detail }) => text(detail['waitedAs']),
    }),
    grantedBy: t.string({
      nullable: true,
      description: 'The admin, API key or SCIM token behind it; null when it is not known (any more).',
      resolve: (source, _args, { call }) => nameOf(call, giverOf(source)),
    }),
    detail: t.field({
      type: 'JSON',
      description:
        'All that is kept of the reason, for automation; null for callers who may not read people.',
      authScopes: { may: 'users:read' },
      nullable: true,
      resolve: ({ detail }) => detail,
    }),
  }),
})

/** A group of a person. */
export const Membership = builder.objectRef<MembershipRow>('Membership').implement({
  description: 'A person in a group, with every reason.',
  authScopes: { member: true },
  fields: t => ({
    groupId: t.id({
      description: 'Global id of the group.',
      resolve: ({ groupId }) => globalId('Group', groupId),
    }),
    groupName: t.exposeString('groupName', { description: 'What the group is called.' }),
    pushed: t.exposeBoolean('pushed', { description: 'Whether the identity provider pushes the group.' }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime', description: 'Since when they are in.' }),
    sources: t.field({
      type: [MembershipSource],
      description: 'Every reason, oldest first.',
      resolve: ({ sources }) => [...sources],
    }),
    lockedReason: t.string({
      nullable: true,
      description: 'Why the membership cannot be ended by hand; null when it can.',
      resolve: ({ sources }) => lockReason(kindsOf(sources)),
    }),
  }),
})

export function kindsOf(sources: readonly SourceRow[]): SourceKind[] {
  return sources.map(({ kind }) => kind)
}
