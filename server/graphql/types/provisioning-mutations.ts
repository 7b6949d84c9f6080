// Switching SCIM, changing its settings, deleting its configuration.
import type { Organization as OrganizationRow } from '#prisma/client.ts'
import { configureProvisioning } from '#server/domain/organizations/configure-provisioning.ts'
import { deleteProvisioningConfiguration } from '#server/domain/organizations/delete-provisioning-configuration.ts'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { given } from '../given.ts'
import {
  ConflictProblem,
  declared,
  FeatureNotInPlanProblem,
  ForbiddenProblem,
  InvalidInputProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { patient } from '../time-limit.ts'
import { UnknownMembers } from './enums.ts'
import { Provisioning } from './provisioning.ts'

/** A payload that shows how SCIM stands after the change. */
export function provisioningPayload(name: string, description: string) {
  return builder.objectRef<OrganizationRow>(name).implement({
    description,
    authScopes: { anyone: true },
    fields: t => ({
      provisioning: t.field({
        type: Provisioning,
        description: 'How SCIM stands now.',
        resolve: organization => organization,
      }),
    }),
  })
}

/** Runs the change and reads what it left. */
export function changeProvisioning(call: Call, work: () => Promise<void>): Promise<OrganizationRow> {
  return declared(async () => {
    await work()
    return call.org.db.organization.findUniqueOrThrow({ where: { id: call.org.orgId } })
  })
}

const EnforceProvisioningInput = builder.inputType('EnforceProvisioningInput', {
  description: 'SCIM on or off.',
  fields: t => ({ enforced: t.boolean({ required: true, description: 'True switches SCIM on.' }) }),
})

builder.mutationField('enforceProvisioning', t =>
  t.field({
    type: provisioningPayload('EnforceProvisioningPayload', 'SCIM is switched.'),
    description: 'Switches SCIM on or off. Nobody changes state by it; off suspends the tokens.',
    authScopes: { may: 'provisioning:write' },
    args: { input: t.arg({ type: EnforceProvisioningInput, required: true, description: 'On or off.' }) },
    errors: resultOf('EnforceProvisioning', [ForbiddenProblem, FeatureNotInPlanProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      changeProvisioning(call, () => enforceProvisioning(call.org, input)),
  }),
)

const ConfigureProvisioningInput = builder.inputType('ConfigureProvisioningInput', {
  description: 'What is left out stays as it is.',
  fields: t => ({
    deletionGraceDays: t.int({ description: 'Days between deletion and purge, 0 to 90.' }),
    logRetentionDays: t.int({ description: 'Days the logs are kept, 1 to 730.' }),
    userNameMustBeEmail: t.boolean({ description: 'Refuse a userName that is no e-mail address.' }),
    patchAnswersNoContent: t.boolean({
      description: 'Answer PATCH with 204 instead of 200 and the resource.',
    }),
    strict: t.boolean({ description: 'Refuse what the standard does not foresee.' }),
    acceptsGroups: t.boolean({ description: 'Take groups from the identity provider.' }),
    unknownMembers: t.field({
      type: UnknownMembers,
      description: 'What happens to members of a group who are not provisioned yet.',
    }),
  }),
})

builder.mutationField('configureProvisioning', t =>
  t.field({
    type: provisioningPayload('ConfigureProvisioningPayload', 'The settings are changed.'),
    description: 'Changes how SCIM behaves.',
    authScopes: { may: 'provisioning:write' },
    args: {
      input: t.arg({ type: ConfigureProvisioningInput, required: true, description: 'The new settings.' }),
    },
    errors: resultOf('ConfigureProvisioning', [
      ForbiddenProblem,
      FeatureNotInPlanProblem,
      InvalidInputProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      changeProvisioning(call, () => configureProvisioning(call.org, given(input))),
  }),
)

const DeleteProvisioningConfigurationInput = builder.inputType('DeleteProvisioningConfigurationInput', {
  description: 'The confirmation.',
  fields: t => ({
    confirmName: t.string({
      required: true,
      description: "The organization's exact name, typed as confirmation.",
    }),
  }),
})

builder.mutationField('deleteProvisioningConfiguration', t =>
  t.field({
    type: provisioningPayload('DeleteProvisioningConfigurationPayload', 'The SCIM configuration is gone.'),
    description:
      'Deletes tokens, settings and links to the identity provider, and switches SCIM off. People stay.',
    extensions: patient(120_000),
    authScopes: { may: 'provisioning:write' },
    args: {
      input: t.arg({
        type: DeleteProvisioningConfigurationInput,
        required: true,
        description: 'The typed confirmation.',
      }),
    },
    errors: resultOf('DeleteProvisioningConfiguration', [ForbiddenProblem, InvalidInputProblem]),
    resolve: (_root, { input }, { call }) =>
      changeProvisioning(call, () => deleteProvisioningConfiguration(call.org, input)),
  }),
)
