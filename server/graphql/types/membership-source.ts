// One reason why somebody is in a group, down to the row, the event, and the token or admin behind it.
import type { GroupMappingRow } from '#prisma/client.ts'
import { may } from '#server/domain/actor.ts'
import { nameOf } from '../author-names.ts'
import { batched } from '../batch.ts'
import { builder } from '../builder.ts'
import { findGrantingEvents } from '../granting-events.sql.ts'
import type { SourceRow } from '../membership-rows.sql.ts'
import { globalId } from '../ids.ts'
import { loadChangeSet } from '../load.ts'
import type { EventRow } from '../log-rows.ts'
import { ChangeSet } from './change-set.ts'
import { ActorKind, MembershipSourceKind } from './enums.ts'
import { MappingRow } from './group-mapping.ts'
import { SourceAttribute } from './mapping-values.ts'
import { ProvisioningEvent } from './provisioning-event.ts'

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

interface Giver {
  readonly kind: GiverKind
  readonly id: string | null
}
type GiverKind = 'person' | 'api-key' | 'scim-token' | 'operator' | 'system'
const giverKinds: readonly string[] = ['person', 'api-key', 'scim-token', 'operator', 'system']

const loadAuthor = batched<string, Giver>(async (call, ids) => {
  const where = { orgId: call.org.orgId, id: { in: [...ids] } }
  const select = { id: true, actorKind: true, actorId: true }
  const rows = await call.org.db.changeSet.findMany({ where, select })
  return new Map(rows.flatMap(({ id, actorKind, actorId }) => giver(id, actorKind, actorId)))
})

function giver(key: string, kind: string | null, id: string | null): [string, Giver][] {
  return kind !== null && giverKinds.includes(kind) ? [[key, { kind: kind as GiverKind, id }]] : []
}

/** Whoever applied the mapping, called with a token, or did it by hand; null when that was not kept. */
async function giverOf(call: Parameters<typeof loadAuthor>[0], { detail }: SourceRow): Promise<Giver | null> {
  const changeSetId = text(detail['changeSetId'])
  if (changeSetId !== null) return (await loadAuthor(call, changeSetId)) ?? null
  const tokenId = text(detail['tokenId'])
  if (tokenId !== null) return { kind: 'scim-token', id: tokenId }
  const by = (detail['by'] ?? {}) as Record<string, unknown>
  const [found] = giver('', text(by['kind']), text(by['id']))
  return found?.[1] ?? null
}

const idTypes: Readonly<Record<string, string>> = { person: 'User', 'api-key': 'ApiKey' }

const MembershipGiver = builder.objectRef<Giver>('MembershipGiver').implement({
  description: 'Who put somebody into a group.',
  authScopes: { member: true },
  fields: t => ({
    kind: t.field({ type: ActorKind, description: 'What kind of caller.', resolve: ({ kind }) => kind }),
    id: t.id({
      nullable: true,
      description: 'Global id of the person or API key; null for others, who are no nodes.',
      resolve: ({ kind, id }) => {
        const type = idTypes[kind]
        return id === null || type === undefined ? null : globalId(type, id)
      },
    }),
    name: t.string({
      nullable: true,
      description: 'What they are called; null for the operator and for those who are gone.',
      resolve: (who, _args, { call }) => nameOf(call, who),
    }),
  }),
})

const loadRow = batched<string, GroupMappingRow>(async (call, values) => {
  const where = { orgId: call.org.orgId, value: { in: [...values] } }
  const rows = await call.org.db.groupMappingRow.findMany({ where })
  return new Map(rows.map(row => [row.value, row]))
})

/** The same row, as long as it still leads there. */
function rowOf(row: GroupMappingRow | undefined, groupId: string): GroupMappingRow | null {
  return row?.groupId === groupId ? row : null
}

const MembershipRow = builder.objectRef<SourceRow>('MembershipMappingRow').implement({
  description: 'The mapping row that placed somebody.',
  authScopes: { member: true },
  fields: t => ({
    value: t.string({
      description: 'The value that matched.',
      resolve: ({ detail }) => text(detail['value']) ?? '',
    }),
    position: t.int({
      nullable: true,
      description: 'Row number at that moment, from 1; null when it was not kept.',
      resolve: ({ detail }) => (typeof detail['row'] === 'number' ? detail['row'] : null),
    }),
    attribute: t.field({
      type: SourceAttribute,
      nullable: true,
      description: 'The attribute that carried the value at that moment; null when it was not kept.',
      resolve: ({ detail }) => text(detail['attribute']),
    }),
    current: t.field({
      type: MappingRow,
      nullable: true,
      description:
        'The row as it is now; null when the value has no row any more, when it leads elsewhere, and for callers who may not read the mapping.',
      resolve: async ({ groupId, detail }, _args, { call }) => {
        const value = text(detail['value'])
        if (value === null || !may(call.actor, 'mappings:read')) return null
        return rowOf(await loadRow(call, value), groupId)
      },
    }),
  }),
})

const loadEvent = batched<SourceRow, EventRow>(async (call, sources) => {
  const numbers = await findGrantingEvents(
    call.org.sql,
    sources.map(({ userId, groupId, grantedAt, detail }) => {
      return { userId, groupId, grantedAt, exchangeId: text(detail['exchangeId']) }
    }),
  )
  const wanted = [...new Set(numbers.values())].map(BigInt)
  const where = { orgId: call.org.orgId, sequence: { in: wanted } }
  const events = await call.org.db.provisioningEvent.findMany({ where })
  const byNumber = new Map(events.map(event => [String(event.sequence), event]))
  return new Map(
    sources.flatMap((source, n) => {
      const event = byNumber.get(numbers.get(n) ?? '')
      return event === undefined ? [] : [[source, event] as const]
    }),
  )
})

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
    mappingRow: t.field({
      type: MembershipRow,
      nullable: true,
      description: 'The row of the group mapping that placed them; null for other reasons.',
      resolve: source => (source.kind === 'mapping' ? source : null),
    }),
    event: t.field({
      type: ProvisioningEvent,
      nullable: true,
      description:
        'The line of the log: their joining, or for another reason of the same membership the change that gave it. Null when the log has none (any more), and for callers who may not read the log.',
      resolve: async (source, _args, { call }) =>
        may(call.actor, 'log:read') ? ((await loadEvent(call, source)) ?? null) : null,
    }),
    giver: t.field({
      type: MembershipGiver,
      nullable: true,
      description:
        'The token of the identity provider, the admin or the API key behind it; null when that was not kept.',
      resolve: (source, _args, { call }) => giverOf(call, source),
    }),
    grantedBy: t.string({
      nullable: true,
      description: 'Name of the giver; null when it is not known (any more).',
      resolve: async (source, _args, { call }) => {
        const who = await giverOf(call, source)
        return who === null ? null : nameOf(call, who)
      },
    }),
    changeSet: t.prismaField({
      type: ChangeSet,
      nullable: true,
      description:
        'The change set that placed them, when the mapping was applied to existing people; null otherwise, and for callers who may not read the mapping.',
      resolve: async (query, { detail }, _args, { call }) => {
        const id = text(detail['changeSetId'])
        if (id === null || !may(call.actor, 'mappings:read')) return null
        return (await loadChangeSet(call, id, query)) ?? null
      },
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
