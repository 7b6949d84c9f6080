// Small parts of a group: people and managed events by name, counts, what goes with it.
import type { SourceKind } from '#server/domain/memberships/rules/source.ts'
import { builder } from '../builder.ts'
import type { GroupTies } from '../group-facts.sql.ts'
import { globalId } from '../ids.ts'
import type { NamedPerson, Short, SourceCounts } from '../load-group.ts'

export const PersonName = builder.objectRef<NamedPerson>('PersonName').implement({
  description: 'A person by name, also for those who may not read people.',
  authScopes: { member: true },
  fields: t => ({
    id: t.id({ description: 'Global id of the person.', resolve: ({ id }) => globalId('User', id) }),
    displayName: t.exposeString('displayName', { description: 'The name to show.' }),
    userName: t.exposeString('userName', { description: 'What the identity provider calls the person.' }),
  }),
})

export const GroupSourceCounts = builder.objectRef<SourceCounts>('GroupSourceCounts').implement({
  description: 'Members by reason; who has several counts in each.',
  authScopes: { member: true },
  fields: t => {
    const count = (kind: SourceKind, description: string) =>
      t.int({ description, resolve: counts => counts[kind] ?? 0 })
    return {
      mapping: count('mapping', 'Placed by their group value.'),
      default: count('default', 'Here because their value has no match.'),
      scim: count('scim', 'Put in by the identity provider.'),
      manual: count('manual', 'Placed by hand.'),
    }
  },
})

export const ManagedEventName = builder.objectRef<Short>('ManagedEventName').implement({
  description: 'A managed event by name.',
  authScopes: { member: true },
  fields: t => ({
    id: t.id({
      description: 'Global id of the managed event.',
      resolve: ({ id }) => globalId('ManagedEvent', id),
    }),
    name: t.exposeString('name', { description: 'What it is called.' }),
  }),
})

export const GroupDeletion = builder.objectRef<GroupTies>('GroupDeletion').implement({
  description: 'What goes when the group is deleted. People themselves stay.',
  authScopes: { member: true },
  fields: t => ({
    members: t.exposeInt('members', { description: 'People who leave the group.' }),
    admins: t.exposeInt('admins', { description: 'Group admins who lose it.' }),
    mappingRows: t.exposeInt('mappingRows', { description: 'Rows of the group mapping that lead to it.' }),
    isDefaultGroup: t.exposeBoolean('isDefaultGroup', {
      description: 'It is the group for people without a match: afterwards there is none.',
    }),
    managedEvents: t.exposeInt('managedEvents', { description: 'Managed events that are assigned to it.' }),
    copiesLost: t.exposeInt('copiesLost', {
      description:
        'Copies of managed events that people lose because they hold them through this group only.',
    }),
  }),
})
