// What the operator does with organizations.
import {
  createOrganization,
  type OrganizationCreated,
} from '#server/domain/organizations/create-organization.ts'
import { deleteOrganization } from '#server/domain/organizations/delete-organization.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { unknownOrganization } from '#server/domain/organizations/unknown-organization.ts'
import { issueSetupLink } from '#server/domain/setup-links/issue-setup-link.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { given } from '../given.ts'
import { globalId, uuidIn } from '../ids.ts'
import {
  ConflictProblem,
  declared,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { patient } from '../time-limit.ts'
import { Plan } from './enums.ts'
import { Organization } from './organization.ts'

/** The secret stands behind #, so that it reaches no log of a proxy. */
function setupLink(call: Call, secret: string): string {
  return `${call.settings.publicUrl}/setup#${secret}`
}

const CreateOrganizationInput = builder.inputType('CreateOrganizationInput', {
  description: 'The new organization.',
  fields: t => ({
    name: t.string({ required: true, description: 'What it is called, 1 to 100 characters.' }),
    ownerEmail: t.string({ description: 'Whom the setup link is for; shown on the setup page.' }),
    plan: t.field({ type: Plan, description: 'What it has bought; ENTERPRISE without it.' }),
    seats: t.int({ description: 'How many people it may have; unlimited without it.' }),
    requireSso: t.boolean({
      description: 'Whether single sign-on must be set up before SCIM; true without it.',
    }),
    createApiKey: t.boolean({ description: 'Also make an API key with every scope.' }),
  }),
})

const CreateOrganizationPayload = builder
  .objectRef<OrganizationCreated>('CreateOrganizationPayload')
  .implement({
    description: 'A new organization, waiting for its owner.',
    authScopes: { anyone: true },
    fields: t => ({
      organization: t.prismaField({
        type: Organization,
        description: 'The organization.',
        resolve: (query, { orgId }, _args, { call }) =>
          call.db.organization.findUniqueOrThrow({ ...query, where: { id: orgId } }),
      }),
      setupLink: t.string({
        description: 'Where its owner sets it up, within 24 hours and once. Shown here and never again.',
        resolve: ({ setupSecret }, _args, { call }) => setupLink(call, setupSecret),
      }),
      apiKeySecret: t.exposeString('apiKeySecret', {
        nullable: true,
        description: 'The API key, shown here and never again; null unless asked for.',
      }),
    }),
  })

builder.mutationField('createOrganization', t =>
  t.field({
    type: CreateOrganizationPayload,
    description: 'Makes an organization with a setup link for its owner. For the operator.',
    authScopes: { operator: true },
    args: {
      input: t.arg({ type: CreateOrganizationInput, required: true, description: 'The new organization.' }),
    },
    errors: resultOf('CreateOrganization', [ForbiddenProblem, InvalidInputProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(() => createOrganization(call.installation, given(input))),
  }),
)

const EntitlementsInput = builder.inputType('EntitlementsInput', {
  description: 'Flags set apart from the plan; what is left out stays as it is.',
  fields: t => ({
    sso: t.boolean({ description: 'SAML single sign-on.' }),
    scim: t.boolean({ description: 'User provisioning over SCIM, with group mapping.' }),
    groups: t.boolean({ description: 'Groups and group admins.' }),
    managedEvents: t.boolean({ description: 'Managed events.' }),
    managedEventLocks: t.boolean({ description: 'Locking what assignees may edit in managed events.' }),
    activityLog: t.boolean({ description: 'The activity log.' }),
    domainControl: t.boolean({ description: 'Domain control.' }),
  }),
})

const UpdateOrganizationInput = builder.inputType('UpdateOrganizationInput', {
  description: 'What is left out stays as it is.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the organization.' }),
    name: t.string({ description: 'The new name, 1 to 100 characters.' }),
    plan: t.field({ type: Plan, description: 'The new plan.' }),
    seats: t.int({ description: 'How many people it may have from now on; nobody is removed.' }),
    unlimitedSeats: t.boolean({ description: 'True lifts the limit.' }),
    requireSso: t.boolean({ description: 'Whether single sign-on must be set up before SCIM.' }),
    entitlements: t.field({ type: EntitlementsInput, description: 'Flags set apart from the plan.' }),
  }),
})

interface Place {
  readonly orgId: string
}

const UpdateOrganizationPayload = builder.objectRef<Place>('UpdateOrganizationPayload').implement({
  description: 'The organization after the change.',
  authScopes: { anyone: true },
  fields: t => ({
    organization: t.prismaField({
      type: Organization,
      description: 'The organization as it is now.',
      resolve: (query, { orgId }, _args, { call }) =>
        call.db.organization.findUniqueOrThrow({ ...query, where: { id: orgId } }),
    }),
  }),
})

builder.mutationField('updateOrganization', t =>
  t.field({
    type: UpdateOrganizationPayload,
    description: "Changes an organization's name, plan, flags or seats. For the operator.",
    authScopes: { operator: true },
    args: { input: t.arg({ type: UpdateOrganizationInput, required: true, description: 'What changes.' }) },
    errors: resultOf('UpdateOrganization', [
      ForbiddenProblem,
      InvalidInputProblem,
      NotFoundProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const { id, entitlements, ...changes } = input
        const orgId = uuidIn('Organization', id)
        const flags = entitlements ? { entitlements: given(entitlements) } : {}
        await updateOrganization(call.installation.within(orgId), { ...given(changes), ...flags })
        return { orgId }
      }),
  }),
)

const DeleteOrganizationInput = builder.inputType('DeleteOrganizationInput', {
  description: 'Which organization, with confirmation.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the organization.' }),
    confirmName: t.string({
      required: true,
      description: "The organization's exact name, typed as confirmation.",
    }),
  }),
})

const DeleteOrganizationPayload = builder.objectRef<Place>('DeleteOrganizationPayload').implement({
  description: 'The organization is gone.',
  authScopes: { anyone: true },
  fields: t => ({
    deletedId: t.id({
      description: 'Its global id, which nothing has any more.',
      resolve: ({ orgId }) => globalId('Organization', orgId),
    }),
  }),
})

builder.mutationField('deleteOrganization', t =>
  t.field({
    type: DeleteOrganizationPayload,
    description: 'Deletes an organization with everything in it, at once and for good. For the operator.',
    extensions: patient(600_000),
    authScopes: { operator: true },
    args: {
      input: t.arg({ type: DeleteOrganizationInput, required: true, description: 'Which organization.' }),
    },
    errors: resultOf('DeleteOrganization', [ForbiddenProblem, InvalidInputProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const orgId = uuidIn('Organization', input.id)
        await deleteOrganization(call.installation, { organizationId: orgId, confirmName: input.confirmName })
        return { orgId }
      }),
  }),
)

const IssueSetupLinkInput = builder.inputType('IssueSetupLinkInput', {
  description: 'Which organization.',
  fields: t => ({
    organizationId: t.id({ required: true, description: 'Global id of an organization without owner.' }),
  }),
})

const IssueSetupLinkPayload = builder
  .objectRef<{ readonly secret: string; readonly expiresAt: Date }>('IssueSetupLinkPayload')
  .implement({
    description: 'A new setup link; earlier ones end.',
    authScopes: { anyone: true },
    fields: t => ({
      setupLink: t.string({
        description: 'Where the owner sets the organization up, once. Shown here and never again.',
        resolve: ({ secret }, _args, { call }) => setupLink(call, secret),
      }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the link stops working.' }),
    }),
  })

builder.mutationField('issueSetupLink', t =>
  t.field({
    type: IssueSetupLinkPayload,
    description: 'Makes a new setup link for an organization that has no owner yet. For the operator.',
    authScopes: { operator: true },
    args: { input: t.arg({ type: IssueSetupLinkInput, required: true, description: 'Which organization.' }) },
    errors: resultOf('IssueSetupLink', [ForbiddenProblem, NotFoundProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const id = uuidIn('Organization', input.organizationId)
        const found = await call.db.organization.findUnique({ where: { id }, select: { id: true } })
        if (found === null) throw unknownOrganization()
        return issueSetupLink(call.installation.within(id))
      }),
  }),
)
