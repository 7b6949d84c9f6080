// The details of the identity provider while an admin edits them.
import type { Certificate, Sso } from './use-sso.ts'

export interface SsoForm {
  entityId: string
  signInUrl: string
  /** Those that are saved, or that metadata named. */
  certificates: readonly Certificate[]
  /** A first certificate, pasted as text. */
  pasted: string
  sessionHours: number
  signed: Sso['signed']
  nameIdFormat: Sso['nameIdFormat']
  matchAttribute: string
  allowIdpInitiated: boolean
  signRequests: boolean
  allowCbc: boolean
}

/** The form as it stands in the database. */
export function formOf(sso: Sso): SsoForm {
  const { signed, nameIdFormat, allowIdpInitiated, signRequests, allowCbc, certificates } = sso
  return {
    entityId: sso.entityId ?? '',
    signInUrl: sso.signInUrl ?? '',
    certificates,
    pasted: '',
    sessionHours: sso.sessionHours,
    signed,
    nameIdFormat,
    matchAttribute: sso.matchAttribute ?? '',
    allowIdpInitiated,
    signRequests,
    allowCbc,
  }
}

/** What `configureSso` takes. */
export function inputOf(form: SsoForm) {
  const { certificates, pasted, matchAttribute, ...details } = form
  const texts = [...certificates.map(({ body }) => body), ...(pasted.trim() === '' ? [] : [pasted])]
  return { ...details, certificates: texts, matchAttribute: matchAttribute.trim() || null }
}

const fingerprints = (certificates: readonly Certificate[]) =>
  certificates.map(({ fingerprint }) => fingerprint).join()

const plain = [
  ...(['entityId', 'signInUrl', 'pasted', 'sessionHours', 'signed'] as const),
  ...(['nameIdFormat', 'matchAttribute', 'allowIdpInitiated', 'signRequests', 'allowCbc'] as const),
]
const sameCertificates = (one: SsoForm, other: SsoForm) =>
  fingerprints(one.certificates) === fingerprints(other.certificates)

/** How many details differ from what is saved. */
export function countChanges(saved: SsoForm, form: SsoForm): number {
  const differing = plain.filter(name => form[name] !== saved[name])
  return differing.length + (sameCertificates(saved, form) ? 0 : 1)
}

/** Takes over what was saved meanwhile, wherever nothing was changed here. */
export function followSaved(form: SsoForm, before: SsoForm, now: SsoForm): void {
  if (sameCertificates(form, before)) form.certificates = now.certificates
  const untouched = plain.filter(name => form[name] === before[name])
  Object.assign(form, Object.fromEntries(untouched.map(name => [name, now[name]])))
}

type Field = 'entityId' | 'signInUrl' | 'certificates' | 'sessionHours'

/** Field name to the key of its message; empty when the form may be sent. The server looks closer. */
export function checkForm(form: SsoForm): Partial<Record<Field, string>> {
  const faults: Partial<Record<Field, string>> = {}
  const { entityId, signInUrl, sessionHours } = form
  if (entityId.trim() === '') faults.entityId = 'sso.faults.entityId'
  if (!/^https?:\/\/\S+$/u.test(signInUrl.trim())) faults.signInUrl = 'sso.faults.signInUrl'
  if (form.certificates.length === 0 && form.pasted.trim() === '')
    faults.certificates = 'sso.faults.certificates'
  if (!(Number.isInteger(sessionHours) && sessionHours >= 1 && sessionHours <= 168))
    faults.sessionHours = 'sso.faults.sessionHours'
  return faults
}
