// Turns what identity providers really send into the strict form.
import { ScimError } from '../error.ts'
import type { Normalized } from './quirk.ts'

export function normalizeUserBody(_body: unknown): Normalized {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}

export function normalizePatchBody(_body: unknown): Normalized {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
