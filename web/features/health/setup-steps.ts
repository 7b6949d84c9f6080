// The steps from an empty organization to one whose people come from the identity provider.

export interface SetupStep {
  key: 'sso' | 'enforce' | 'token' | 'contact' | 'person' | 'mapping'
  done: boolean
  to: string
  /** Which step must come first; null when nothing stands in the way. */
  after: 'sso' | 'token' | 'contact' | null
  /** About how long it takes, in minutes. */
  minutes: number
  /** Provisioning works without it. */
  optional?: boolean
}

interface Facts {
  /** Whether single sign-on was tested. */
  sso: boolean
  /** Whether SCIM waits for it. */
  ssoRequired: boolean
  /** Whether a token or an OAuth client was made. */
  credential: boolean
  heard: boolean
  linked: number
  enforced: boolean
  /** Whether the mapping places people; null where the plan or the reader's rights lack it. */
  mapped: boolean | null
}

type Key = SetupStep['key']

const places: Record<Key, { to: string; minutes: number; optional?: true }> = {
  sso: { to: '/login/single-sign-on', minutes: 15 },
  enforce: { to: '/login/provisioning', minutes: 1 },
  token: { to: '/login/provisioning', minutes: 1 },
  contact: { to: '/login/provisioning#guide', minutes: 10 },
  person: { to: '/users?tab=pending', minutes: 2 },
  mapping: { to: '/mapping', minutes: 5, optional: true },
}

function placeOf(key: Key, { ssoRequired }: Facts) {
  return key === 'sso' && !ssoRequired ? { ...places.sso, optional: true } : places[key]
}

/** The steps in order, each ticked by what is known. What is done is never locked. */
export function setupSteps(facts: Facts): SetupStep[] {
  const locked = facts.ssoRequired && !facts.sso ? 'sso' : null
  const untilToken = locked ?? (facts.credential ? null : 'token')
  const untilHeard = locked ?? (facts.heard ? null : 'contact')
  const steps: [Key, boolean | null, SetupStep['after']][] = [
    ['sso', facts.sso, null],
    ['enforce', facts.enforced, locked],
    ['token', facts.credential, locked],
    ['contact', facts.heard, untilToken],
    ['person', facts.linked > 0, untilHeard],
    ['mapping', facts.mapped, untilHeard],
  ]
  return steps.flatMap(([key, done, after]) =>
    done === null ? [] : [{ key, done, after: done ? null : after, ...placeOf(key, facts) }],
  )
}
