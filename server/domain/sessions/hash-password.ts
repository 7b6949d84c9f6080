// Hashes passwords slowly, a few at a time, so that sign-ins can never starve provisioning.
import { hash, verify, type Options } from '@node-rs/argon2'
import { DomainError } from '#server/domain/error.ts'

/** argon2id with 19 MiB, two passes, one lane: the OWASP setting. */
const settings: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const atOnce = 2
const waiting = 20

let running = 0
const queue: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (queue.length >= waiting) throw tooBusy()
    await new Promise<void>(resolve => queue.push(resolve))
  }
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    queue.shift()?.()
  }
}

/** The hash to store. Throws `sessions/busy` when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, settings))
}

/** True when the password belongs to the hash. */
export function verifyPassword(stored: string, password: string): Promise<boolean> {
  return inTurn(() => verify(stored, password))
}

/** Answers a hash that no password belongs to, made once: after a busy moment the next caller makes it. */
export function createDecoy(): () => Promise<string> {
  let made: Promise<string> | undefined
  return () => {
    made ??= hashPassword('nobody has this password').catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}

function tooBusy(): DomainError {
  return new DomainError({
    kind: 'unavailable',
    code: 'sessions/busy',
    message: 'Too many people are signing in right now. Wait a few seconds and try again.',
  })
}
