// Under which address somebody signs in who has a password, and what another userName does to it.
import type { Resource } from '#server/scim/index.ts'
import { looksLikeEmail, nameKey } from './normal-form.ts'
import { userNameOf } from './user.ts'

export interface SignInMove {
  readonly from: string
  readonly to: string
}

/**
 * From which key to which somebody goes who signs in by their userName; null when they stay. Only another userName
 * moves them: it is theirs alone in the organization, which an e-mail address need not be.
 */
export function signInMove(before: Resource, after: Resource): SignInMove | null {
  if (before['userName'] === after['userName'] || !looksLikeEmail(userNameOf(after))) return null
  const [from, to] = [nameKey(userNameOf(before)), nameKey(userNameOf(after))]
  return from === to ? null : { from, to }
}
