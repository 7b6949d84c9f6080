// How an organization signs in through its identity provider, as its admins see it.
import type { Organization as OrganizationRow, SsoConnection as ConnectionRow } from '#prisma/client.ts'
import { entitlementsOf, notInPlan } from '#server/domain/organizations/rules/entitlements.ts'
import { storedCertificate, type Certificate } from '#server/domain/sso/read-certificate.ts'
import {
  ssoAddresses,
  type NameIdFormat,
  type SignedPart,
  type SsoStatus as Status,
} from '#server/domain/sso/rules/connection.ts'
import { builder } from '../builder.ts'
import { enumOf } from './enums.ts'
import { Organization } from './organization.ts'

const SsoStatus = enumOf<Status | 'none', string>('SsoStatus', 'How far single sign-on is.', {
  NOT_CONFIGURED: ['none', 'Nothing is saved yet.'],
  DRAFT: ['draft', 'Saved, and to be tested before anybody can use it.'],
  TESTED: ['tested', 'Works; passwords work beside it.'],
  ENFORCED: ['enforced', 'The only way in, but for the owner.'],
  DISABLED: ['disabled', 'Switched off with its settings kept; a passed test switches it on.'],
})

export const SsoSigned = enumOf<SignedPart, string>('SsoSigned', 'What the identity provider must sign.', {
  ASSERTION: ['assertion', 'The assertion; the usual choice.'],
  RESPONSE: ['response', 'The response as a whole.'],
  BOTH: ['both', 'Both.'],
})

export const SsoNameIdFormat = enumOf<NameIdFormat, string>(
  'SsoNameIdFormat',
  'The format of NameID that is asked for.',
  {
    EMAIL: ['email', 'An e-mail address.'],
    PERSISTENT: ['persistent', 'A lasting id without meaning.'],
    UNSPECIFIED: ['unspecified', 'Whatever the identity provider likes.'],
  },
)

type CertificateStanding = 'valid' | 'expiring' | 'expired'

const CertificateState = enumOf<CertificateStanding, string>(
  'SsoCertificateState',
  'Whether a certificate ends soon.',
  {
    VALID: ['valid', 'For more than 30 days.'],
    EXPIRING: ['expiring', 'It ends within 30 days: add the next one beside it.'],
    EXPIRED: ['expired', 'It has ended. Signatures still count until it is removed.'],
  },
)

const day = 86_400_000
const daysLeft = ({ validTo }: Certificate, now: Date): number =>
  Math.floor((validTo.getTime() - now.getTime()) / day)

function standingOf(certificate: Certificate, now: Date): CertificateStanding {
  if (certificate.validTo <= now) return 'expired'
  return daysLeft(certificate, now) < 30 ? 'expiring' : 'valid'
}

export const SsoCertificate = builder.objectRef<Certificate>('SsoCertificate').implement({
  description: 'A signing certificate of the identity provider.',
  authScopes: { may: 'sso:read' },
  fields: t => ({
    fingerprint: t.exposeString('fingerprint', {
      description: 'SHA-256 fingerprint, to compare with the identity provider’s.',
    }),
    subject: t.exposeString('subject', { description: 'Whom it names.' }),
    bits: t.exposeInt('bits', { description: 'Size of its RSA key.' }),
    validFrom: t.expose('validFrom', { type: 'DateTime', description: 'When it begins.' }),
    validTo: t.expose('validTo', { type: 'DateTime', description: 'When it ends.' }),
    daysLeft: t.int({
      description: 'Whole days until it ends; negative when it has ended.',
      resolve: (certificate, _args, { call }) => daysLeft(certificate, call.org.clock.now()),
    }),
    state: t.field({
      type: CertificateState,
      description: 'Whether it ends soon.',
      resolve: (certificate, _args, { call }) => standingOf(certificate, call.org.clock.now()),
    }),
    body: t.exposeString('body', { description: 'The certificate itself, base64 without line breaks.' }),
  }),
})

interface LastTest {
  readonly at: Date
  readonly passed: boolean
  readonly code: string | null
  readonly message: string
  readonly byName: string
}

const SsoTest = builder.objectRef<LastTest>('SsoTest').implement({
  description: 'How the latest test of the connection ended.',
  authScopes: { may: 'sso:read' },
  fields: t => ({
    at: t.expose('at', { type: 'DateTime', description: 'When it ended.' }),
    passed: t.exposeBoolean('passed', { description: 'Whether someone of the organization was signed in.' }),
    code: t.exposeString('code', {
      nullable: true,
      description: 'Why it failed, as a code such as `sso/audience`; null when it passed.',
    }),
    message: t.exposeString('message', {
      description: 'Who was signed in, or what to change where, in one sentence.',
    }),
    byName: t.exposeString('byName', { description: 'Who started it.' }),
  }),
})

export interface SsoView {
  readonly organization: OrganizationRow
  readonly row: ConnectionRow | null
}

function lastTestOf(row: ConnectionRow | null): LastTest | null {
  if (row?.testedAt == null || row.testPassed === null) return null
  return {
    at: row.testedAt,
    passed: row.testPassed,
    code: row.testCode,
    message: row.testMessage ?? '',
    byName: row.testedByName ?? '',
  }
}

const without = 'null before anything is saved'

export const Sso = builder.objectRef<SsoView>('Sso').implement({
  description: 'Single sign-on with SAML 2.0.',
  authScopes: { may: 'sso:read' },
  fields: t => ({
    status: t.field({
      type: SsoStatus,
      description: 'How far it is.',
      resolve: ({ row }) => (row === null ? 'none' : (row.status as Status)),
    }),
    lockedReason: t.string({
      nullable: true,
      description: 'Null when the plan has single sign-on; else the sentence that says what is missing.',
      resolve: ({ organization }) => (entitlementsOf(organization).sso ? null : notInPlan('sso').message),
    }),
    requiredForProvisioning: t.boolean({
      description:
        'Whether SCIM depends on it: switching off suspends SCIM, deleting deletes its configuration.',
      resolve: ({ organization }) => organization.requireSso,
    }),
    enforced: t.boolean({
      description: 'Whether it is the only way in.',
      resolve: ({ row }) => row?.status === 'enforced',
    }),
    enforcedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is enforced; null while it is not.',
      resolve: ({ row }) => row?.enforcedAt ?? null,
    }),
    audienceUrl: t.string({
      description: 'What the identity provider asks for as audience URI, SP entity ID or identifier.',
      resolve: ({ organization }, _args, { call }) =>
        ssoAddresses(call.settings.publicUrl, organization.id).audienceUrl,
    }),
    acsUrl: t.string({
      description: 'What the identity provider asks for as ACS URL, reply URL or single sign-on URL.',
      resolve: ({ organization }, _args, { call }) =>
        ssoAddresses(call.settings.publicUrl, organization.id).acsUrl,
    }),
    metadataUrl: t.string({
      description: 'Our metadata, for identity providers that read it: a download.',
      resolve: ({ organization }, _args, { call }) =>
        ssoAddresses(call.settings.publicUrl, organization.id).audienceUrl,
    }),
    loginUrl: t.string({
      description: 'Begins a sign-in; a link for people and for the tile of an identity provider.',
      resolve: ({ organization }, _args, { call }) =>
        ssoAddresses(call.settings.publicUrl, organization.id).signInUrl,
    }),
    relayState: t.string({
      description: 'What to enter as default RelayState: empty, for Rollcall reads none.',
      resolve: () => '',
    }),
    entityId: t.string({
      nullable: true,
      description: `Entity ID of the identity provider; ${without}.`,
      resolve: ({ row }) => row?.issuer ?? null,
    }),
    signInUrl: t.string({
      nullable: true,
      description: `Where the identity provider signs people in; ${without}.`,
      resolve: ({ row }) => row?.signInUrl ?? null,
    }),
    certificates: t.field({
      type: [SsoCertificate],
      description: 'The certificates that signatures are checked with; two during a change-over.',
      resolve: ({ row }) => (row?.certificates ?? []).map(storedCertificate),
    }),
    signed: t.field({
      type: SsoSigned,
      description: 'What the identity provider must sign.',
      resolve: ({ row }) => (row?.signed ?? 'assertion') as SignedPart,
    }),
    nameIdFormat: t.field({
      type: SsoNameIdFormat,
      description: 'The format of NameID that is asked for.',
      resolve: ({ row }) => (row?.nameIdFormat ?? 'email') as NameIdFormat,
    }),
    matchAttribute: t.string({
      nullable: true,
      description: 'The attribute that names the person; null for the NameID.',
      resolve: ({ row }) => row?.matchAttribute ?? null,
    }),
    allowIdpInitiated: t.boolean({
      description: 'Whether a start from the identity provider’s own page is taken up.',
      resolve: ({ row }) => row?.allowIdpInitiated ?? false,
    }),
    sessionHours: t.int({
      description: 'Hours until people have to sign in again; 12 at most for owner and admins.',
      resolve: ({ row }) => row?.sessionHours ?? 12,
    }),
    lastTest: t.field({
      type: SsoTest,
      nullable: true,
      description: 'How the latest test ended; null before the first.',
      resolve: ({ row }) => lastTestOf(row),
    }),
    recoveryCodesLeft: t.int({
      description: 'Unused recovery codes of the owner. Enforcing needs one at least.',
      resolve: (_view, _args, { call }) =>
        call.org.db.recoveryCode.count({
          where: { orgId: call.org.orgId, usedAt: null, user: { role: 'owner' } },
        }),
    }),
    changedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: `When the settings were last changed; ${without}.`,
      resolve: ({ row }) => row?.changedAt ?? null,
    }),
    changedByName: t.string({
      nullable: true,
      description: `Who changed the settings last; ${without}.`,
      resolve: ({ row }) => row?.changedByName ?? null,
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: `When the first settings were saved; ${without}.`,
      resolve: ({ row }) => row?.createdAt ?? null,
    }),
    createdByName: t.string({
      nullable: true,
      description: `Who saved the first settings; ${without}.`,
      resolve: ({ row }) => row?.createdByName ?? null,
    }),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  sso: t.field({
    type: Sso,
    description: 'Single sign-on.',
    authScopes: { may: 'sso:read' },
    resolve: async (organization, _args, { call }) => ({
      organization,
      row: await call.org.db.ssoConnection.findUnique({ where: { orgId: organization.id } }),
    }),
  }),
}))
