// The steps from an empty organization to one whose people come from the identity provider.

export interface SetupStep {
  key: 'sso' | 'token' | 'contact' | 'person' | 'enforce'
  done: boolean
  to: string
}

interface Facts {
  /** Null where SCIM does not depend on it; else whether single sign-on was tested. */
  sso: boolean | null
  /** Whether a token or an OAuth client was made. */
  credential: boolean
  heard: boolean
  linked: number
  enforced: boolean
}

/** The steps in order, each ticked by what is known. */
export function setupSteps(facts: Facts): SetupStep[] {
  const sso: SetupStep[] =
    facts.sso === null ? [] : [{ key: 'sso', done: facts.sso, to: '/login/single-sign-on' }]
  return [
    ...sso,
    { key: 'enforce', done: facts.enforced, to: '/login/provisioning' },
    { key: 'token', done: facts.credential, to: '/login/provisioning' },
    { key: 'contact', done: facts.heard, to: '/live?view=requests' },
    { key: 'person', done: facts.linked > 0, to: '/users' },
  ]
}
