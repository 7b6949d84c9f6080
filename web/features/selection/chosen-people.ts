// Who of the chosen people an action is for, and who is left out with which reason.
import { said } from '#web/lib/said.ts'
import type { VariablesOf } from '#web/graphql/graphql.ts'
import type { ChangeRolesMutation } from './commands.ts'

export type Role = VariablesOf<typeof ChangeRolesMutation>['input']['role']

export interface ChosenPerson {
  id: string
  displayName: string
  userName: string
  email: string | null
  status: string
  role: Role
}

/** Somebody for whom nothing is done; `reason` for people, with what to do. */
export interface LeftOut {
  name: string
  reason: string
}

export interface Sorted {
  /** For whom it is done. */
  wanted: readonly ChosenPerson[]
  left: readonly LeftOut[]
}

/** Splits the chosen by `reasonAgainst`, which answers null for those whom the action is for. */
export function sortOut(
  people: readonly ChosenPerson[],
  reasonAgainst: (person: ChosenPerson) => string | null,
): Sorted {
  const judged = people.map(person => ({ person, reason: reasonAgainst(person) }))
  return {
    wanted: judged.filter(({ reason }) => reason === null).map(({ person }) => person),
    left: judged.flatMap(({ person, reason }) =>
      reason === null ? [] : [{ name: person.displayName, reason }],
    ),
  }
}

/** The server's list of people who were passed over; whoever it no longer knows keeps the name known here. */
export function leftByServer(
  passed: readonly { id: string; displayName: string | null; message: string }[],
  people: readonly ChosenPerson[],
): LeftOut[] {
  return passed.map(({ id, displayName, message }) => ({
    name: displayName ?? people.find(person => person.id === id)?.displayName ?? '–',
    reason: said(message),
  }))
}

/** People by the role they had, so that each lot can be given back in one call. */
export function byRole(changed: readonly { id: string; before: Role }[]): [Role, string[]][] {
  const lots = new Map<Role, string[]>()
  for (const { id, before } of changed) lots.set(before, [...(lots.get(before) ?? []), id])
  return [...lots]
}

/** One address each, as a mail program takes them; the user name where it is one and no address was sent. */
export function addressesOf(people: readonly ChosenPerson[]): string[] {
  const each = people.map(({ email, userName }) => email ?? (userName.includes('@') ? userName : null))
  return [...new Set(each.filter(address => address !== null))]
}
