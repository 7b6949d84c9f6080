// How values that the identity provider sends lead to groups.
import type { GroupMapping as MappingRecord, GroupMappingRow as RowRecord } from '#prisma/client.ts'
import { countSeenValues, readSeenValues } from '#server/domain/group-mappings/read-values.sql.ts'
import { readMappingVersion } from '#server/domain/group-mappings/read-mapping.sql.ts'
import { nearMissFinder } from '#server/domain/group-mappings/rules/near-miss.ts'
import { groupAttribute } from '#server/domain/group-mappings/rules/source-attribute.ts'
import { sampleSourceAttributes } from '#server/domain/group-mappings/sample-source-attributes.ts'
import { batched } from '../batch.ts'
import { builder } from '../builder.ts'
import { mappedGroup } from '../mapped-groups.ts'
import { MappedGroup, SeenValueList, SourceAttribute, SourceSample } from './mapping-values.ts'
import { Organization } from './organization.ts'

const loadValue = batched<string, { people: number; lastSeen: Date }>(async (call, values) => {
  const { orgId, db } = call.org
  const rows = await db.groupValue.findMany({ where: { orgId, value: { in: [...values] } } })
  return new Map(rows.map(({ value, people, lastSeen }) => [value, { people, lastSeen }]))
})

export const MappingRow = builder.objectRef<RowRecord>('MappingRow').implement({
  description: 'One value and the group it leads to.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    id: t.exposeID('id', { description: 'Stays while the value stays.' }),
    value: t.exposeString('value', {
      description: 'Compared letter by letter with what people carry, edge blanks aside.',
    }),
    position: t.int({
      description: 'Row number, from 1; counts when somebody carries several values.',
      resolve: ({ position }) => position + 1,
    }),
    group: t.field({
      type: MappedGroup,
      description: 'Where it leads.',
      resolve: ({ groupId }, _args, { call }) => mappedGroup(call, groupId),
    }),
    people: t.int({
      description: 'People who carry the value now.',
      resolve: async ({ value }, _args, { call }) => (await loadValue(call, value))?.people ?? 0,
    }),
    lastSeen: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When somebody last got the value; null when nobody ever did.',
      resolve: async ({ value }, _args, { call }) => (await loadValue(call, value))?.lastSeen ?? null,
    }),
  }),
})

export interface MappingShape {
  readonly record: MappingRecord | null
}

const longestList = 1_000

export const GroupMapping = builder.objectRef<MappingShape>('GroupMapping').implement({
  description: 'How values that the identity provider sends lead to groups.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    enabled: t.boolean({
      description: 'Whether it moves people. Switched off, it moves nobody.',
      resolve: ({ record }) => record?.enabled ?? false,
    }),
    version: t.int({
      description: 'Raised by every change; send it along when you save without a preview.',
      resolve: (_mapping, _args, { call }) => readMappingVersion(call.org.sql),
    }),
    sourceAttribute: t.field({
      type: SourceAttribute,
      description: 'Where the values come from.',
      resolve: ({ record }) => record?.sourceAttribute ?? groupAttribute,
    }),
    sourceSamples: t.field({
      type: [SourceSample],
      complexity: 50,
      description: 'What the usual attributes, and those asked for, would yield.',
      args: { also: t.arg.stringList({ description: 'Paths of further attributes.' }) },
      resolve: ({ record }, { also }, { call }) =>
        sampleSourceAttributes(call.org, {
          also: [record?.sourceAttribute ?? groupAttribute, ...(also ?? []).slice(0, 20)],
        }),
    }),
    rows: t.field({
      type: [MappingRow],
      description: 'All rows in their order, 1,000 at most.',
      resolve: (_mapping, _args, { call }) =>
        call.org.db.groupMappingRow.findMany({
          where: { orgId: call.org.orgId },
          orderBy: { position: 'asc' },
        }),
    }),
    defaultGroup: t.field({
      type: MappedGroup,
      nullable: true,
      description: 'Group for people without a match; null for none.',
      resolve: ({ record }, _args, { call }) =>
        record?.defaultGroupId == null ? null : mappedGroup(call, record.defaultGroupId),
    }),
    applyToExisting: t.boolean({
      description: 'What was chosen at the last save.',
      resolve: ({ record }) => record?.applyToExisting ?? false,
    }),
    savedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was last saved; null before the first time.',
      resolve: ({ record }) => record?.savedAt ?? null,
    }),
    savedBy: t.string({
      nullable: true,
      description: 'Who saved it last; null before the first time.',
      resolve: ({ record }) => record?.savedByName ?? null,
    }),
    severalValues: t.boolean({
      description: 'Whether anybody carries more than one value, so that the order of rows counts.',
      resolve: async (_mapping, _args, { call }) => {
        const rows = await call.org.sql.run<object>(severalValues, [])
        return rows.length > 0
      },
    }),
    values: t.field({
      type: SeenValueList,
      description: 'Values that people carry.',
      args: {
        mapped: t.arg.boolean({ description: 'Only values that have a row, or that have none.' }),
        search: t.arg.string({ description: 'Part of the value, letter case aside.' }),
        first: t.arg.int({ description: 'How many, 100 when nothing is said, 1,000 at most.' }),
        skip: t.arg.int({ description: 'How many to jump over.' }),
      },
      resolve: async (_mapping, { mapped, search, first, skip }, { call }) => {
        const { sql, db, orgId } = call.org
        const asked = { mapped: mapped ?? null, search: (search ?? '').trim() }
        const take = Math.min(Math.max(first ?? 100, 0), longestList)
        const found = await readSeenValues(sql, { ...asked, take, skip: Math.max(skip ?? 0, 0) })
        const rows = await db.groupMappingRow.findMany({ where: { orgId }, select: { value: true } })
        const near = nearMissFinder(rows.map(row => row.value))
        const values = found.map(each => ({ ...each, nearMiss: near(each.value) }))
        return { values, ...(await countSeenValues(sql, asked)) }
      },
    }),
  }),
})

const severalValues = {
  text: `SELECT 1 FROM users u WHERE u.org_id = $1 AND u.deleted_at IS NULL
    AND array_length(u.identity_provider_groups, 1) > 1 LIMIT 1`,
}

builder.prismaObjectFields(Organization, t => ({
  groupMapping: t.field({
    type: GroupMapping,
    description: 'How values that the identity provider sends lead to groups.',
    authScopes: { may: 'mappings:read' },
    resolve: async (organization, _args, { call }) => ({
      record: await call.org.db.groupMapping.findUnique({ where: { orgId: organization.id } }),
    }),
  }),
}))
