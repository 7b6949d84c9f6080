// The set-up guides, in the order of their tabs, and which of them suits whoever calls.
import type { GuideName } from './guide.ts'
import { entra } from './vendors/entra.ts'
import { google } from './vendors/google.ts'
import { jumpcloud } from './vendors/jumpcloud.ts'
import { okta } from './vendors/okta.ts'
import { onelogin } from './vendors/onelogin.ts'
import { other } from './vendors/other.ts'
import { pingfederate } from './vendors/pingfederate.ts'
import { pingone } from './vendors/pingone.ts'

export const guides = [entra, okta, onelogin, jumpcloud, google, pingone, pingfederate, other] as const

export const guideNames = guides.map(guide => guide.name)

const ofProvider: Record<string, GuideName> = { ENTRA: 'entra', OKTA: 'okta', ONELOGIN: 'onelogin' }

/** The guide for whoever called last; the first one while nobody is known. */
export function likelyGuide(identityProvider: string | null): GuideName {
  return ofProvider[identityProvider ?? ''] ?? 'entra'
}
