// How SCIM stands in an organization, and its switches.
import type { Organization as OrganizationRow } from '#prisma/client.ts'
import { entitlementsOf, notInPlan } from '#server/domain/organizations/rules/entitlements.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { lockedBySso } from '#server/domain/sso/rules/first.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { UnknownMembers } from './enums.ts'
import { Organization } from './organization.ts'

export const Provisioning = builder.objectRef<OrganizationRow>('Provisioning').implement({
  description: 'How an identity provider provisions people into the organization.',
  authScopes: { may: 'provisioning:read' },
  fields: t => ({
    enforced: t.exposeBoolean('scimEnforced', {
      description: 'Whether SCIM is on. While it is, the identity provider is the only source of people.',
    }),
    enforcedAt: t.expose('scimEnforcedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when SCIM is on; null while it is off.',
    }),
    lockedReason: t.string({
      nullable: true,
      description: 'Null when SCIM may be used; else the sentence that says what is missing.',
      resolve: (organization, _args, { call }) => lockedReason(organization, call),
    }),
    baseUrl: t.string({
      description: 'What the identity provider asks for as base URL, tenant URL or SCIM endpoint.',
      resolve: (organization, _args, { call }) => `${call.settings.publicUrl}/scim/v2/${organization.id}`,
    }),
    deletionGraceDays: t.exposeInt('deletionGraceDays', {
      description: 'Days between the deletion of a person and the purge of their data.',
    }),
    logRetentionDays: t.exposeInt('logRetentionDays', { description: 'Days the logs are kept.' }),
    userNameMustBeEmail: t.boolean({
      description: 'Whether a userName that is no e-mail address is refused.',
      resolve: organization => provisioningSettings(organization.provisioning).userNameMustBeEmail,
    }),
    patchAnswersNoContent: t.boolean({
      description: 'Whether PATCH is answered with 204 instead of 200 and the resource.',
      resolve: organization => provisioningSettings(organization.provisioning).patchAnswersNoContent,
    }),
    acceptsGroups: t.boolean({
      description: 'Whether groups are taken from the identity provider; without it /Groups does not exist.',
      resolve: organization => provisioningSettings(organization.provisioning).acceptsGroups,
    }),
    unknownMembers: t.field({
      type: UnknownMembers,
      description: 'What happens to members of a group who are not provisioned yet.',
      resolve: organization => provisioningSettings(organization.provisioning).unknownMembers,
    }),
    strict: t.boolean({
      description: 'Whether requests that the standard does not foresee are refused instead of understood.',
      resolve: organization => provisioningSettings(organization.provisioning).strict,
    }),
  }),
})

async function lockedReason(organization: OrganizationRow, call: Call): Promise<string | null> {
  if (!entitlementsOf(organization).scim) return notInPlan('scim').message
  if (!organization.requireSso) return null
  const where = { orgId: organization.id }
  const ssoConnection = await call.org.db.ssoConnection.findUnique({ where, select: { status: true } })
  return lockedBySso({ ...organization, ssoConnection })
}

builder.prismaObjectFields(Organization, t => ({
  provisioning: t.field({
    type: Provisioning,
    description: 'How SCIM stands.',
    authScopes: { may: 'provisioning:read' },
    resolve: organization => organization,
  }),
}))
