// A mapping table read from CSV, to be looked at, previewed and saved like one that was typed in.
import { readMappingCsv, type MappingRead } from '#server/domain/exports/read-mapping-csv.ts'
import type { DraftRow } from '#server/domain/group-mappings/rules/draft.ts'
import { builder } from '../builder.ts'
import { mappedGroup } from '../mapped-groups.ts'
import { MappedGroup } from './mapping-values.ts'
import { Organization } from './organization.ts'

const MappingCsvRow = builder.objectRef<DraftRow>('MappingCsvRow').implement({
  description: 'A row as the file has it.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    value: t.exposeString('value', { description: 'The value.' }),
    group: t.field({
      type: MappedGroup,
      description: 'The group of this name; a new one when there is none.',
      resolve: ({ group }, _args, { call }) =>
        group.groupId === undefined ? { id: null, name: group.newGroup } : mappedGroup(call, group.groupId),
    }),
  }),
})

const CsvFault = builder.objectRef<MappingRead['faults'][number]>('CsvFault').implement({
  description: 'A line that could not be taken.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    line: t.exposeInt('line', { description: 'Its number, from 1.' }),
    message: t.exposeString('message', { description: 'What is wrong.' }),
  }),
})

const MappingCsv = builder.objectRef<MappingRead>('MappingCsv').implement({
  description: 'What a CSV file says about the mapping; nothing is written.',
  authScopes: { may: 'mappings:read' },
  fields: t => ({
    rows: t.field({ type: [MappingCsvRow], description: 'Its rows.', resolve: ({ rows }) => [...rows] }),
    faults: t.field({
      type: [CsvFault],
      description: 'Lines that could not be taken.',
      resolve: ({ faults }) => [...faults],
    }),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  mappingFromCsv: t.field({
    type: MappingCsv,
    description: 'Rows of a mapping from CSV: first column the value, second the name of the group.',
    authScopes: { may: 'mappings:read' },
    args: { csv: t.arg({ type: 'CsvText', required: true, description: 'The text of the file.' }) },
    resolve: (_organization, { csv }, { call }) => readMappingCsv(call.org, { csv }),
  }),
}))
