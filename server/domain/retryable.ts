// Tells which failures of a transaction go away by running it again.
import { DomainError } from './error.ts'

const retryableStates = new Set(['40001', '40P01', 'CR000'])

/** True for serialization failures, deadlocks (SQLSTATE 40001, 40P01; Prisma P2034) and lost version races. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof DomainError) return error.code === 'transact/lost-race'
  return codesOf(error).some(code => retryableStates.has(code) || code === 'P2034')
}

/** True when a unique key was violated (SQLSTATE 23505, Prisma P2002). */
export function isDuplicate(error: unknown): boolean {
  return codesOf(error).some(code => code === '23505' || code === 'P2002')
}

function codesOf(error: unknown): string[] {
  const codes: string[] = []
  let current: unknown = error
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    const carrier = current as {
      code?: unknown
      meta?: { code?: unknown; driverAdapterError?: unknown }
      cause?: unknown
      originalCode?: unknown
    }
    for (const code of [carrier.code, carrier.meta?.code, carrier.originalCode]) {
      if (typeof code === 'string') codes.push(code)
    }
    current = carrier.meta?.driverAdapterError ?? carrier.cause
  }
  return codes
}
