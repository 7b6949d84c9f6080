// What two-step sign-in refuses, in words for whoever wants in.
import { DomainError } from '#server/domain/error.ts'

export function noMasterKey(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'two-step/no-master-key',
    message:
      'This installation has no master key to keep secrets with. Ask its operator to set MASTER_KEY, then try again.',
  })
}

/** The codes on paper need no master key, and the owner can be reset. */
export function otherMasterKey(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'two-step/other-master-key',
    message:
      'This installation has another master key than before and cannot check codes of your app. Use a recovery code, and tell its operator to bring the old MASTER_KEY back.',
  })
}

export function wrongCode(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'two-step/wrong-code',
    message:
      'This code is not right, or it was used already. Wait for the next one in your app, or use a recovery code.',
  })
}

export function tooManyCodes(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'two-step/too-many-codes',
    message: 'Too many wrong codes. Wait 15 minutes, then sign in again.',
  })
}

export function stepEnded(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'two-step/ended',
    message: 'This sign-in took too long or was finished elsewhere. Start again with your password.',
  })
}

export function alreadyOn(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'two-step/already-on',
    message: 'Two-step sign-in is on already. Turn it off first to use another app.',
  })
}

export function notStarted(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'two-step/not-started',
    message: 'Nothing is waiting for a code. Start again and scan the new QR code.',
  })
}

export function notOn(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'two-step/not-on',
    message: 'Two-step sign-in is not on.',
  })
}
