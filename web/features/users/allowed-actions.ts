// What may be done to a person here, and why not.
import type { UserRole, UserStatus } from './user-row.ts'

export type UserAction = 'deactivate' | 'reactivate' | 'remove' | 'restore' | 'role' | 'transfer'
export interface ActionOffer {
  action: UserAction
  /** Key of the sentence that says why it may not be done; undefined when it may. */
  reason?: string
}

export interface ActionRules {
  enforced: boolean
  manageUsers: boolean
  restoreUsers: boolean
  viewerIsOwner: boolean
}
interface Person {
  status: UserStatus
  role: UserRole
}

const byStatus: Record<UserStatus, UserAction[]> = {
  PENDING: ['role', 'remove'],
  ACTIVE: ['role', 'deactivate', 'remove'],
  DEACTIVATED: ['role', 'reactivate', 'remove'],
  DELETED: ['restore'],
}

function reasonAgainst(action: UserAction, person: Person, rules: ActionRules): string | undefined {
  if (action === 'restore') return rules.restoreUsers ? undefined : 'users.reasons.ownerOnly'
  if (!rules.manageUsers) return 'users.reasons.adminsOnly'
  if (person.role === 'OWNER') return 'users.reasons.owner'
  if (action === 'role' || !rules.enforced) return undefined
  // While SCIM is enforced the owner alone may remove someone who is already deactivated.
  if (action === 'remove' && rules.viewerIsOwner && person.status === 'DEACTIVATED') return undefined
  return 'users.reasons.managed'
}

/** The actions that make sense for a person in this state, each with the reason against it if there is one. */
export function allowedActions(person: Person, rules: ActionRules): ActionOffer[] {
  const offers = byStatus[person.status].map(action => {
    const reason = reasonAgainst(action, person, rules)
    return reason === undefined ? { action } : { action, reason }
  })
  // Nobody else could do anything with a button that hands the organization over.
  const mayOwn = rules.viewerIsOwner && person.role !== 'OWNER' && person.status === 'ACTIVE'
  return mayOwn ? [...offers, { action: 'transfer' }] : offers
}
