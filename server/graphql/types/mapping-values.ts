// Values that people carry, the groups they lead to, and the attributes they come from.
import type { SeenValueRow } from '#server/domain/group-mappings/read-values.sql.ts'
import type {
  NearMiss as DomainNearMiss,
  NearMissKind as DomainKind,
} from '#server/domain/group-mappings/rules/near-miss.ts'
import { attributeLabel, groupAttribute } from '#server/domain/group-mappings/rules/source-attribute.ts'
import type { AttributeSample } from '#server/domain/group-mappings/sample-source-attributes.ts'
import { builder } from '../builder.ts'
import { globalId } from '../ids.ts'
import type { MappedGroupRow } from '../mapped-groups.ts'
import { enumOf } from './enums.ts'

export const MappedGroup = builder.objectRef<MappedGroupRow>('MappedGroup').implement({
  description: 'A group that a value leads to.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    id: t.id({
      nullable: true,
      description: 'Global id of the group; null for one that is made when the mapping is saved.',
      resolve: ({ id }) => (id === null ? null : globalId('Group', id)),
    }),
    name: t.exposeString('name', { description: 'What the group is called.' }),
    isNew: t.boolean({
      description: 'Whether it is made only when the mapping is saved.',
      resolve: ({ id }) => id === null,
    }),
  }),
})

const NearMissKind = enumOf<DomainKind, string>('NearMissKind', 'In what two values differ.', {
  CASE: ['case', 'Upper and lower case.'],
  BLANKS: ['blanks', 'Blanks, or characters that nobody sees.'],
  UNICODE: ['unicode', 'How the same letters are encoded.'],
})

export const NearMiss = builder.objectRef<DomainNearMiss>('NearMiss').implement({
  description: 'A mapped value that another value was probably meant to be.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    value: t.exposeString('value', { description: 'The value that has a row.' }),
    kinds: t.expose('kinds', { type: [NearMissKind], description: 'What differs.' }),
  }),
})

export interface SeenValueShape extends SeenValueRow {
  readonly nearMiss: DomainNearMiss | null
}

export const SeenValue = builder.objectRef<SeenValueShape>('SeenValue').implement({
  description: 'A value that people carry, without edge blanks.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    value: t.exposeString('value', { description: 'The value.' }),
    count: t.exposeInt('people', { description: 'People who carry it now and are not deleted.' }),
    lastSeen: t.expose('lastSeen', { type: 'DateTime', description: 'When somebody last got it.' }),
    nearMiss: t.field({
      type: NearMiss,
      nullable: true,
      description: 'The mapped value it was probably meant to be; null when it is mapped or like none.',
      resolve: ({ nearMiss }) => nearMiss,
    }),
  }),
})

interface ValueList {
  readonly values: readonly SeenValueShape[]
  readonly total: number
  readonly people: number
}

export const SeenValueList = builder.objectRef<ValueList>('SeenValueList').implement({
  description: 'Values that people carry, the most frequent first.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    values: t.expose('values', { type: [SeenValue], description: 'Those that were asked for.' }),
    totalCount: t.exposeInt('total', { description: 'Values in all.' }),
    people: t.exposeInt('people', {
      description: 'People who carry them; who carries several counts several times.',
    }),
  }),
})

export const SourceAttribute = builder.objectRef<string>('SourceAttribute').implement({
  description: 'An attribute of people whose values lead to groups.',
  authScopes: { member: true },
  fields: t => ({
    path: t.string({ description: 'Its path, with the URN of its extension.', resolve: path => path }),
    label: t.string({ description: 'Its name for people.', resolve: path => attributeLabel(path) }),
    isDefault: t.boolean({
      description: 'Whether it is the attribute that is meant for it.',
      resolve: path => path === groupAttribute,
    }),
  }),
})

const SampledValue = builder.objectRef<{ value: string; people: number }>('SampledValue').implement({
  description: 'A value among the people who were looked at.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    value: t.exposeString('value', { description: 'The value.' }),
    count: t.exposeInt('people', { description: 'How many of them carry it.' }),
  }),
})

export const SourceSample = builder.objectRef<AttributeSample>('SourceSample').implement({
  description: 'What an attribute would yield, seen on the people who came last.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    attribute: t.field({
      type: SourceAttribute,
      description: 'Which attribute.',
      resolve: sample => sample.attribute,
    }),
    looked: t.exposeInt('looked', { description: 'People who were looked at, 1,000 at most.' }),
    withValue: t.exposeInt('withValue', { description: 'Those of them who carry a value.' }),
    different: t.exposeInt('different', { description: 'Different values among them.' }),
    values: t.field({
      type: [SampledValue],
      description: 'The most frequent values.',
      resolve: ({ values }) => [...values],
    }),
  }),
})
