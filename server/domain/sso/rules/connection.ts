// An organization's connection to its identity provider: what is kept of it, and which values make sense.
import { invalidInput, type InvalidField } from '#server/domain/error.ts'

/** `draft` until a round trip succeeded; `disabled` keeps everything and signs nobody in. */
export const ssoStatuses = ['draft', 'tested', 'enforced', 'disabled'] as const
export type SsoStatus = (typeof ssoStatuses)[number]

export const signedParts = ['assertion', 'response', 'both'] as const
export type SignedPart = (typeof signedParts)[number]

export const nameIdFormats = ['email', 'persistent', 'unspecified'] as const
export type NameIdFormat = (typeof nameIdFormats)[number]

/** What the protocol needs to know. */
export interface SsoConnection {
  readonly status: SsoStatus
  readonly issuer: string
  readonly signInUrl: string
  /** One or two, base64 of DER. */
  readonly certificates: readonly string[]
  readonly signed: SignedPart
  readonly nameIdFormat: NameIdFormat
  readonly matchAttribute: string | null
  readonly allowIdpInitiated: boolean
  readonly signRequests: boolean
  readonly allowCbc: boolean
  readonly sessionHours: number
  readonly revision: number
}

/** SAML 2.0 core section 8.3. */
export const nameIdFormatUrns: Record<NameIdFormat, string> = {
  email: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
}

/** The addresses that an identity provider asks for. */
export function ssoAddresses(publicUrl: string, orgId: string) {
  const base = `${publicUrl}/saml/${orgId}`
  return {
    /** Our entity id; the metadata is served there. */
    audienceUrl: `${base}/metadata`,
    acsUrl: `${base}/acs`,
    signInUrl: `${base}/login`,
    finishUrl: `${base}/finish`,
    testUrl: `${base}/test`,
    /** Where someone who is signed in proves again who they are. */
    proveUrl: `${base}/prove`,
    certificateUrl: `${base}/certificate`,
  }
}

/** People sign in through it now. */
export function signsIn(status: SsoStatus | undefined): boolean {
  return status === 'tested' || status === 'enforced'
}

export interface SsoDetails {
  readonly issuer: string
  readonly signInUrl: string
  readonly signed: SignedPart
  readonly nameIdFormat: NameIdFormat
  readonly matchAttribute: string | null
  readonly allowIdpInitiated: boolean
  /** Null leaves it as it is: at first on, if there can be a key. */
  readonly signRequests: boolean | null
  readonly allowCbc: boolean
  readonly sessionHours: number
}

/** The trimmed details. Throws `sso/bad-details` with a line per field. */
export function checkDetails(details: SsoDetails): SsoDetails {
  const clean = {
    ...details,
    issuer: details.issuer.trim(),
    signInUrl: details.signInUrl.trim(),
    matchAttribute: details.matchAttribute?.trim() || null,
  }
  const faults = faultsOf(clean)
  if (faults.length > 0) throw invalidInput('sso/bad-details', faults)
  return clean
}

function faultsOf(details: SsoDetails): InvalidField[] {
  const faults: (InvalidField | false)[] = [
    !/^\S{1,1024}$/.test(details.issuer) && {
      path: 'entityId',
      message: 'Paste the entity ID (issuer) of the identity provider; it contains no blanks.',
    },
    !isSignInUrl(details.signInUrl) && {
      path: 'signInUrl',
      message: 'Paste the sign-in URL of the identity provider; it begins with https://.',
    },
    !(Number.isInteger(details.sessionHours) && details.sessionHours >= 1 && details.sessionHours <= 168) && {
      path: 'sessionHours',
      message: 'Choose a session of 1 to 168 hours.',
    },
    (details.matchAttribute ?? '').length > 256 && {
      path: 'matchAttribute',
      message: 'An attribute name has at most 256 characters.',
    },
  ]
  return faults.filter(fault => fault !== false)
}

/** Only browsers go there, so it may lie inside of the organization's network; without TLS only on one's own machine. */
function isSignInUrl(text: string): boolean {
  if (text.length > 2_048 || !URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  )
}

/** Where someone wanted to go: a path of ours, or the start. Anything else leads elsewhere. */
export function returnPath(wanted: string | undefined): string {
  return wanted !== undefined && wanted.length <= 500 && /^\/(?![/\\])[\w\-./?=&%]*$/.test(wanted)
    ? wanted
    : '/'
}
