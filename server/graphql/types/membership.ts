// Why somebody is in a group.
import { lockReason, type SourceKind } from '#server/domain/memberships/rules/source.ts'
import { builder } from '../builder.ts'
import type { MembershipRow, SourceRow } from '../membership-rows.sql.ts'
import { globalId } from '../ids.ts'
import { MembershipSource } from './membership-source.ts'

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
