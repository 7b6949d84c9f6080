// What signing in refuses in several places, in words for whoever wants in.
import { DomainError } from '#server/domain/error.ts'

export function tooManyFailures(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'sessions/too-many-failures',
    message: 'Too many failed sign-ins. Wait 15 minutes and try again.',
  })
}

export function ssoEnforced(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'sessions/sso-enforced',
    message:
      'Your organization signs in through its identity provider. Choose single sign-on instead of the password.',
  })
}
