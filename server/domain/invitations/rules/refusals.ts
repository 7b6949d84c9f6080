// Why an invitation is not sent or not accepted, each with the next step.
import { DomainError } from '#server/domain/error.ts'
import type { InvitationState } from './invitation.ts'

/** `invitations/managed-by-idp`. */
export function managedByIdentityProvider(): DomainError {
  return new DomainError({
    kind: 'managed-by-idp',
    code: 'invitations/managed-by-idp',
    message:
      'Managed by your identity provider. Assign people there; while "Enforce SCIM for my organization" is on, ' +
      'it is the only source of people.',
  })
}

/** `invitations/too-few-seats`, with what is free now. */
export function tooFewSeats(seats: { used: number; total: number }, wanted: number): DomainError {
  const free = Math.max(0, seats.total - seats.used)
  const left = free === 0 ? 'No seat is free' : `Only ${count(free, 'seat is', 'seats are')} free`
  const next = free === 0 ? 'Add seats' : `Invite at most ${String(free)}, add seats`
  return new DomainError({
    kind: 'no-seat',
    code: 'invitations/too-few-seats',
    message:
      `${left} for ${count(wanted, 'person', 'people')} on the list, so nobody was invited. ` +
      `${next}, or deactivate people who have left.`,
    detail: seats,
  })
}

function count(number: number, one: string, many: string): string {
  return `${String(number)} ${number === 1 ? one : many}`
}

/** `invitations/not-pending`: there is nothing to send or to withdraw. */
export function notPending(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'invitations/not-pending',
    message:
      'Only people who are pending have an invitation. This person has signed in, or may not any more.',
  })
}

/** `invitations/linked`: the identity provider would make the person again. */
export function cameFromIdentityProvider(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'invitations/linked',
    message:
      'This person came from your identity provider, so there is no invitation to withdraw. Remove them there, ' +
      'or deactivate them.',
  })
}

/** `invitations/no-mail-address`: nothing can be sent, and the link would be good for nobody. */
export function noMailAddress(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'invitations/no-mail-address',
    message: 'This person has no e-mail address to sign in with. Add one in your identity provider.',
  })
}

/** `invitations/unknown`: also for links that were withdrawn or replaced by a newer one. */
export function unknownInvitation(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'invitations/unknown',
    message:
      'This invitation no longer works: it was withdrawn, or a newer one was sent. Look for a newer mail, or ask ' +
      'whoever invited you for a new one.',
  })
}

/** `invitations/sso-enforced`: there is no password to set. */
export function ssoEnforced(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'invitations/sso-enforced',
    message:
      'Your organization signs in through its identity provider. Choose single sign-on; no password is needed.',
  })
}

/** Why a known link lets nobody in; `contact` is whom to ask. */
export function notOpen(state: Exclude<InvitationState, 'open'>, contact: string | null): DomainError {
  const whom = contact ?? 'an admin of your organization'
  const message = {
    expired: `This invitation has expired. Ask ${whom} to send you a new one.`,
    accepted: 'This invitation was accepted already. Sign in instead.',
    closed: `This invitation is no longer valid. Ask ${whom} for access.`,
  }[state]
  return new DomainError({ kind: 'conflict', code: `invitations/${state}`, message })
}
