// Changing the group mapping.
import { changeSourceAttribute } from '#server/domain/group-mappings/change-source-attribute.ts'
import { saveGroupMapping } from '#server/domain/group-mappings/save-group-mapping.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { draftOf, GroupMappingInput } from '../mapping-input.ts'
import {
  ConflictProblem,
  declared,
  FeatureNotInPlanProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  StaleProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { ChangeSet } from './change-set.ts'
import { GroupMapping, type MappingShape } from './group-mapping.ts'
import { Job } from './job.ts'

interface Saved {
  readonly changeSetId: string | null
  readonly jobId: string | null
}

async function mappingNow(call: Call): Promise<MappingShape> {
  const { db, orgId } = call.org
  return { record: await db.groupMapping.findUnique({ where: { orgId } }) }
}

const SaveGroupMappingInput = builder.inputType('SaveGroupMappingInput', {
  description: 'The whole mapping, and what it is a change of.',
  fields: t => ({
    mapping: t.field({ type: GroupMappingInput, required: true, description: 'What the mapping becomes.' }),
    fingerprint: t.string({
      description: 'Of the preview. Needed when existing people are to be moved.',
    }),
    version: t.int({
      description: 'The version this is a change of; enough when nobody is to be moved.',
    }),
  }),
})

const SaveGroupMappingPayload = builder.objectRef<Saved>('SaveGroupMappingPayload').implement({
  description: 'The mapping is saved.',
  authScopes: { anyone: true },
  fields: t => ({
    groupMapping: t.field({
      type: GroupMapping,
      description: 'The mapping as it is now.',
      resolve: (_saved, _args, { call }) => mappingNow(call),
    }),
    changeSet: t.prismaField({
      type: ChangeSet,
      nullable: true,
      description: 'What was changed, to be undone; null when it has been removed since.',
      resolve: (query, { changeSetId }, _args, { call }) => {
        if (changeSetId === null) return null
        const { orgId } = call.org
        return call.org.db.changeSet.findUnique({ ...query, where: { orgId_id: { orgId, id: changeSetId } } })
      },
    }),
    job: t.prismaField({
      type: Job,
      nullable: true,
      description: 'The job that moves existing people; null when none are to be moved.',
      resolve: (query, { jobId }, _args, { call }) => {
        if (jobId === null) return null
        const { orgId } = call.org
        return call.org.db.job.findUnique({ ...query, where: { orgId_id: { orgId, id: jobId } } })
      },
    }),
  }),
})

builder.mutationField('saveGroupMapping', t =>
  t.field({
    type: SaveGroupMappingPayload,
    description:
      'Saves the mapping, all of it or nothing. Refused when it would do something else than was previewed, or when somebody else has saved meanwhile.',
    authScopes: { may: 'mappings:write' },
    args: { input: t.arg({ type: SaveGroupMappingInput, required: true, description: 'The mapping.' }) },
    errors: resultOf('SaveGroupMapping', [
      ForbiddenProblem,
      FeatureNotInPlanProblem,
      InvalidInputProblem,
      StaleProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      declared(() =>
        saveGroupMapping(call.org, {
          draft: draftOf(input.mapping),
          fingerprint: input.fingerprint ?? null,
          version: input.version ?? null,
        }),
      ),
  }),
)

const ChangeSourceAttributeInput = builder.inputType('ChangeSourceAttributeInput', {
  description: 'Where values come from.',
  fields: t => ({
    attribute: t.string({
      required: true,
      description: 'Path of a text attribute, for example title or urn:…:User:department.',
    }),
  }),
})

const ChangeSourceAttributePayload = builder.objectRef<Saved>('ChangeSourceAttributePayload').implement({
  description: 'The attribute is chosen.',
  authScopes: { anyone: true },
  fields: t => ({
    groupMapping: t.field({
      type: GroupMapping,
      description: 'The mapping as it is now.',
      resolve: (_saved, _args, { call }) => mappingNow(call),
    }),
    job: t.prismaField({
      type: Job,
      nullable: true,
      description:
        'The job that reads the values of everybody anew; null when the attribute stays and all are read.',
      resolve: (query, { jobId }, _args, { call }) => {
        if (jobId === null) return null
        const { orgId } = call.org
        return call.org.db.job.findUnique({ ...query, where: { orgId_id: { orgId, id: jobId } } })
      },
    }),
  }),
})

builder.mutationField('changeSourceAttribute', t =>
  t.field({
    type: ChangeSourceAttributePayload,
    description:
      'Chooses the attribute that values come from; the values of everybody are read anew by a job. Moves nobody: apply the mapping for that.',
    authScopes: { may: 'mappings:write' },
    args: {
      input: t.arg({ type: ChangeSourceAttributeInput, required: true, description: 'The attribute.' }),
    },
    errors: resultOf('ChangeSourceAttribute', [
      ForbiddenProblem,
      FeatureNotInPlanProblem,
      InvalidInputProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => ({ changeSetId: null, jobId: await changeSourceAttribute(call.org, input) })),
  }),
)
