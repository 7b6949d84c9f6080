// Setting single sign-on up: details, metadata, test, certificates, enforcement, end.
import { addCertificate } from '#server/domain/sso/add-certificate.ts'
import { configureSso } from '#server/domain/sso/configure-sso.ts'
import { deleteSso } from '#server/domain/sso/delete-sso.ts'
import { disableSso } from '#server/domain/sso/disable-sso.ts'
import { enforceSso } from '#server/domain/sso/enforce-sso.ts'
import { storedCertificate } from '#server/domain/sso/read-certificate.ts'
import { readSsoMetadata } from '#server/domain/sso/read-sso-metadata.ts'
import { removeCertificate } from '#server/domain/sso/remove-certificate.ts'
import { ssoAddresses } from '#server/domain/sso/rules/connection.ts'
import type { IdpMetadata } from '#server/domain/sso/rules/idp-metadata.ts'
import { startSsoTest } from '#server/domain/sso/start-sso-test.ts'
import { builder } from '../builder.ts'
import { given } from '../given.ts'
import {
  ConflictProblem,
  declared,
  FeatureNotInPlanProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import { patient } from '../time-limit.ts'
import { change, payload } from './sso-change.ts'
import { SsoCertificate, SsoNameIdFormat, SsoSigned } from './sso.ts'

const ConfigureSsoInput = builder.inputType('ConfigureSsoInput', {
  description: 'What the identity provider is. All of it, each time.',
  fields: t => ({
    entityId: t.string({ required: true, description: 'Entity ID (issuer) of the identity provider.' }),
    signInUrl: t.string({ required: true, description: 'Its sign-in URL for HTTP-Redirect, https.' }),
    certificates: t.stringList({
      required: true,
      description: 'One or two signing certificates, X.509 as PEM or base64.',
    }),
    sessionHours: t.int({
      description:
        'Hours until people sign in again, 1 to 168; 12 without it, and at most for owner and admins.',
    }),
    signed: t.field({ type: SsoSigned, description: 'What must be signed; the assertion without it.' }),
    nameIdFormat: t.field({ type: SsoNameIdFormat, description: 'NameID to ask for; EMAIL without it.' }),
    matchAttribute: t.string({ description: 'Attribute that names the person instead of the NameID.' }),
    allowIdpInitiated: t.boolean({
      description: 'Take up starts from the identity provider; off without it.',
    }),
    signRequests: t.boolean({
      description: 'Sign requests; as it was without it, and at first on where there can be a key.',
    }),
    allowCbc: t.boolean({
      description: 'Take assertions encrypted with AES-CBC, too; off without it. AES-GCM is always taken.',
    }),
  }),
})

builder.mutationField('configureSso', t =>
  t.field({
    type: payload('ConfigureSsoPayload', 'The details are saved.'),
    description: 'Saves the identity provider. A change of what is checked has to be tested again.',
    authScopes: { may: 'sso:write' },
    args: { input: t.arg({ type: ConfigureSsoInput, required: true, description: 'The details.' }) },
    errors: resultOf('ConfigureSso', [
      ForbiddenProblem,
      FeatureNotInPlanProblem,
      InvalidInputProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input: { entityId, ...input } }, { call }) =>
      change(call, () =>
        configureSso(call.org, {
          ...input,
          issuer: entityId,
          sessionHours: input.sessionHours ?? 12,
          signed: input.signed ?? 'assertion',
          nameIdFormat: input.nameIdFormat ?? 'email',
          matchAttribute: input.matchAttribute ?? null,
          allowIdpInitiated: input.allowIdpInitiated ?? false,
          signRequests: input.signRequests ?? null,
          allowCbc: input.allowCbc ?? false,
        }),
      ),
  }),
)

const ReadSsoMetadataInput = builder.inputType('ReadSsoMetadataInput', {
  description: 'The document, or where it is.',
  fields: t => ({
    metadata: t.string({ description: 'The metadata XML of the identity provider.' }),
    url: t.string({ description: 'Its https address; fetched now, once.' }),
  }),
})

const ReadSsoMetadataPayload = builder.objectRef<IdpMetadata>('ReadSsoMetadataPayload').implement({
  description: 'What the metadata says, to be looked at and then saved with `configureSso`.',
  authScopes: { anyone: true },
  fields: t => ({
    entityId: t.exposeString('entityId', { description: 'Entity ID of the identity provider.' }),
    signInUrl: t.exposeString('signInUrl', { description: 'Its sign-in URL.' }),
    certificates: t.field({
      type: [SsoCertificate],
      description: 'Its signing certificates, two at most; `body` is what `configureSso` takes.',
      resolve: ({ certificates }) => certificates.map(storedCertificate),
    }),
    wantsSignedRequests: t.exposeBoolean('wantsSignedRequests', {
      description: 'True when it demands signed requests: then `signRequests` has to be on.',
    }),
  }),
})

builder.mutationField('readSsoMetadata', t =>
  t.field({
    type: ReadSsoMetadataPayload,
    description: 'Reads metadata of an identity provider. Saves nothing.',
    authScopes: { may: 'sso:write' },
    args: { input: t.arg({ type: ReadSsoMetadataInput, required: true, description: 'What to read.' }) },
    errors: resultOf('ReadSsoMetadata', [ForbiddenProblem, FeatureNotInPlanProblem, InvalidInputProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(() =>
        readSsoMetadata(call.org, {
          ...given(input),
          parse: call.settings.readIdpMetadata,
          fetch: call.settings.fetchMetadata,
        }),
      ),
  }),
)

interface Started {
  readonly url: string
  readonly expiresAt: Date
}

const TestSsoPayload = builder.objectRef<Started>('TestSsoPayload').implement({
  description: 'A test is ready; `sso.lastTest` tells how it ended.',
  authScopes: { anyone: true },
  fields: t => ({
    url: t.exposeString('url', { description: 'Open it in a new tab: it works once.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it has to be over.' }),
  }),
})

builder.mutationField('testSso', t =>
  t.field({
    type: TestSsoPayload,
    description: 'Prepares a real round trip with the identity provider. It makes no session.',
    authScopes: { may: 'sso:write' },
    errors: resultOf('TestSso', [ForbiddenProblem, FeatureNotInPlanProblem, ConflictProblem]),
    resolve: (_root, _args, { call }) =>
      declared(async () => {
        const { ticket, expiresAt } = await startSsoTest(call.org)
        const { testUrl } = ssoAddresses(call.settings.publicUrl, call.org.orgId)
        return { url: `${testUrl}/${ticket}`, expiresAt }
      }),
  }),
)

const EnforceSsoInput = builder.inputType('EnforceSsoInput', {
  description: 'On or off.',
  fields: t => ({
    enforced: t.boolean({ required: true, description: 'True: the identity provider is the only way in.' }),
  }),
})

builder.mutationField('enforceSso', t =>
  t.field({
    type: payload('EnforceSsoPayload', 'Enforcement is switched.'),
    description: 'Makes single sign-on the only way in, or lets passwords in again.',
    authScopes: { may: 'sso:write' },
    args: { input: t.arg({ type: EnforceSsoInput, required: true, description: 'On or off.' }) },
    errors: resultOf('EnforceSso', [ForbiddenProblem, FeatureNotInPlanProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) => change(call, () => enforceSso(call.org, input)),
  }),
)

const AddSsoCertificateInput = builder.inputType('AddSsoCertificateInput', {
  description: 'The next certificate.',
  fields: t => ({
    certificate: t.string({ required: true, description: 'X.509 as PEM or base64.' }),
  }),
})

builder.mutationField('addSsoCertificate', t =>
  t.field({
    type: payload('AddSsoCertificatePayload', 'The certificate counts from now on.'),
    description: 'Adds a second certificate, so that the identity provider can change over without a gap.',
    authScopes: { may: 'sso:write' },
    args: { input: t.arg({ type: AddSsoCertificateInput, required: true, description: 'Which one.' }) },
    errors: resultOf('AddSsoCertificate', [ForbiddenProblem, InvalidInputProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) => change(call, () => addCertificate(call.org, input)),
  }),
)

const RemoveSsoCertificateInput = builder.inputType('RemoveSsoCertificateInput', {
  description: 'The certificate that is no longer used.',
  fields: t => ({
    fingerprint: t.string({ required: true, description: 'Its fingerprint, as `certificates` shows it.' }),
  }),
})

builder.mutationField('removeSsoCertificate', t =>
  t.field({
    type: payload('RemoveSsoCertificatePayload', 'The certificate no longer counts.'),
    description: 'Ends a certificate after a change-over; the last one stays.',
    authScopes: { may: 'sso:write' },
    args: { input: t.arg({ type: RemoveSsoCertificateInput, required: true, description: 'Which one.' }) },
    errors: resultOf('RemoveSsoCertificate', [ForbiddenProblem, NotFoundProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) => change(call, () => removeCertificate(call.org, input)),
  }),
)

const DisableSsoInput = builder.inputType('DisableSsoInput', {
  description: 'Agreement to what it takes along.',
  fields: t => ({
    suspendProvisioning: t.boolean({
      description:
        'True agrees that SCIM is suspended; needed while SCIM is on and depends on single sign-on.',
    }),
  }),
})

builder.mutationField('disableSso', t =>
  t.field({
    type: payload('DisableSsoPayload', 'Single sign-on is off; its settings are kept.'),
    description: 'Switches single sign-on off and ends the sessions that began by it.',
    authScopes: { may: 'sso:write' },
    args: { input: t.arg({ type: DisableSsoInput, required: true, description: 'What is agreed to.' }) },
    errors: resultOf('DisableSso', [ForbiddenProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      change(call, () => disableSso(call.org, { suspendProvisioning: input.suspendProvisioning === true })),
  }),
)

const DeleteSsoInput = builder.inputType('DeleteSsoInput', {
  description: 'The confirmation.',
  fields: t => ({
    confirmName: t.string({ required: true, description: "The organization's exact name." }),
    deleteProvisioning: t.boolean({
      description: 'True agrees that the SCIM configuration goes along; needed while SCIM depends on it.',
    }),
  }),
})

builder.mutationField('deleteSso', t =>
  t.field({
    type: payload('DeleteSsoPayload', 'Single sign-on is gone.'),
    description:
      'Deletes single sign-on, and tokens, OAuth clients and mapping with it where SCIM depends on it.',
    extensions: patient(120_000),
    authScopes: { may: 'sso:write' },
    args: { input: t.arg({ type: DeleteSsoInput, required: true, description: 'The confirmation.' }) },
    errors: resultOf('DeleteSso', [ForbiddenProblem, InvalidInputProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      change(call, () =>
        deleteSso(call.org, { ...input, deleteProvisioning: input.deleteProvisioning === true }),
      ),
  }),
)
