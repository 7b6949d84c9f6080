// A person in a group, with the reasons.
import { may } from '#server/domain/actor.ts'
import { lockReason } from '#server/domain/memberships/rules/source.ts'
import type { UserStatus as DomainStatus } from '#server/domain/users/rules/user.ts'
import { batched } from '../batch.ts'
import { builder } from '../builder.ts'
import type { MemberRow } from '../member-rows.sql.ts'
import { readSourcesOf, type SourceRow } from '../membership-rows.sql.ts'
import { globalId } from '../ids.ts'
import { UserStatus } from './enums.ts'
import { MembershipSource } from './membership-source.ts'
import { User } from './user.ts'

interface Member extends MemberRow {
  readonly groupId: string
}

const loadSources = batched<Member, readonly SourceRow[]>(async (call, members) => {
  const found = new Map<Member, readonly SourceRow[]>()
  for (const groupId of new Set(members.map(member => member.groupId))) {
    const own = members.filter(member => member.groupId === groupId)
    const rows = await readSourcesOf(call.org.sql, { groupId, userIds: own.map(({ id }) => id) })
    const byId = new Map(rows.map(({ userId, sources }) => [userId, sources]))
    for (const member of own) found.set(member, byId.get(member.id) ?? [])
  }
  return found
})

export const GroupMember = builder.objectRef<Member>('GroupMember').implement({
  description: 'A person in the group.',
  authScopes: { member: true },
  fields: t => ({
    id: t.id({ description: 'Global id of the person.', resolve: ({ id }) => globalId('User', id) }),
    displayName: t.exposeString('value', { description: 'The name to show.' }),
    userName: t.exposeString('userName', { description: 'What the identity provider calls the person.' }),
    email: t.exposeString('email', {
      nullable: true,
      description: 'Primary address; null when none was sent.',
    }),
    status: t.field({
      type: UserStatus,
      description: 'Where the person stands in their life cycle.',
      resolve: ({ status }) => status as DomainStatus,
    }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime', description: 'Since when they are in.' }),
    sources: t.field({
      type: [MembershipSource],
      description: 'Every reason, oldest first: the badges.',
      resolve: async (member, _args, { call }) => [...((await loadSources(call, member)) ?? [])],
    }),
    lockedReason: t.string({
      nullable: true,
      description: 'Why they cannot be removed by hand; null when they can.',
      resolve: async (member, _args, { call }) =>
        lockReason(((await loadSources(call, member)) ?? []).map(({ kind }) => kind)),
    }),
    user: t.prismaField({
      type: User,
      nullable: true,
      description: 'The person; null for callers who may not read people.',
      resolve: (query, { id }, _args, { call }) => {
        if (!may(call.actor, 'users:read')) return null
        return call.org.db.user.findUnique({ ...query, where: { orgId_id: { orgId: call.org.orgId, id } } })
      },
    }),
  }),
})
