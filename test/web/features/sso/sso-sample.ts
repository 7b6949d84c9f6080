// Single sign-on as the server would tell it, before and after it was set up.
import type { Certificate, Sso } from '#web/features/sso/use-sso.ts'

export const certificate: Certificate = {
  fingerprint: 'AA:BB:CC',
  subject: 'CN=idp.example',
  bits: 2048,
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2027-01-01T00:00:00.000Z',
  daysLeft: 120,
  state: 'VALID',
  body: 'MIIC',
}

export const nothingSaved: Sso = {
  status: 'NOT_CONFIGURED',
  lockedReason: null,
  requiredForProvisioning: true,
  enforced: false,
  enforcedAt: null,
  audienceUrl: 'https://rollcall.example/saml/o/metadata',
  acsUrl: 'https://rollcall.example/saml/o/acs',
  metadataUrl: 'https://rollcall.example/saml/o/metadata',
  loginUrl: 'https://rollcall.example/saml/o/login',
  entityId: null,
  signInUrl: null,
  sessionHours: 12,
  signed: 'ASSERTION',
  nameIdFormat: 'EMAIL',
  matchAttribute: null,
  allowIdpInitiated: false,
  signRequests: true,
  allowCbc: false,
  keyMissing: null,
  certificateUrl: 'https://rollcall.example/saml/o/certificate',
  keys: [],
  recoveryCodesLeft: 0,
  changedAt: null,
  changedByName: null,
  certificates: [],
  lastTest: null,
}

export const saved: Sso = {
  ...nothingSaved,
  status: 'DRAFT',
  entityId: 'https://idp.example/entity',
  signInUrl: 'https://idp.example/sso',
  certificates: [certificate],
}
