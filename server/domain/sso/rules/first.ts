// Single sign-on before provisioning: an operator may demand it of an organization.
import { DomainError } from '#server/domain/error.ts'
import { signsIn, type SsoStatus } from './connection.ts'

interface Standing {
  readonly requireSso: boolean
  readonly ssoConnection: { readonly status: string } | null
}

/** The sentence that says what is missing; null when SCIM may be used. */
export function lockedBySso({ requireSso, ssoConnection }: Standing): string | null {
  if (!requireSso || signsIn(ssoConnection?.status as SsoStatus | undefined)) return null
  if (ssoConnection === null)
    return 'Set up single sign-on first: Login > Single sign-on. User provisioning opens when its test has passed.'
  return ssoConnection.status === 'disabled'
    ? 'Single sign-on is switched off. Test it again under Login > Single sign-on; then user provisioning opens.'
    : 'Single sign-on is not tested yet. Press "Test Connection" under Login > Single sign-on; then user provisioning opens.'
}

/** Throws `sso/first`. */
export function demandSsoFirst(organization: Standing): void {
  const message = lockedBySso(organization)
  if (message !== null) throw new DomainError({ kind: 'conflict', code: 'sso/first', message })
}
