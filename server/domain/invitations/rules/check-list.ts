// Reads a list of people to invite: names every line that cannot be taken, and why.
import { invalidInput, type InvalidField } from '#server/domain/error.ts'
import { looksLikeEmail, nameKey } from '#server/domain/users/rules/normal-form.ts'
import type { UserStatus } from '#server/domain/users/rules/user.ts'
import { mostAtOnce } from './invitation.ts'

/** A line as it was sent. */
export interface Listed {
  readonly address: string
  readonly name?: string | null | undefined
}

/** A line that makes sense. */
export interface Invitee {
  readonly address: string
  readonly key: string
  readonly name: string | null
}

/** Somebody who is here and has one of the addresses. */
export interface Known {
  readonly keys: readonly string[]
  readonly status: UserStatus
}

const longestName = 100
/** What separates addresses or hides in them: mail programs and people would read something else. */
const odd = /[<>()[\]",;:\\\p{Cc}\p{Cf}]/u
const oddName = /[\p{Cc}\p{Cf}]/u

/**
 * The people of the list. Throws `invitations/bad-list` with a field `people.<index>` for each line that is empty, no
 * address or given twice; nothing is dropped in silence.
 */
export function checkList(people: readonly Listed[]): Invitee[] {
  if (people.length < 1 || people.length > mostAtOnce) {
    const message = `Invite 1 to ${String(mostAtOnce)} people at once; the list has ${String(people.length)}.`
    throw invalidInput('invitations/bad-list', [{ path: 'people', message }])
  }
  const invitees = people.map(inviteeOf)
  const first = new Map<string, number>()
  const fields: InvalidField[] = []
  for (const [index, invitee] of invitees.entries()) {
    const before = first.get(invitee.key)
    const message = faultOf(invitee) ?? (before === undefined ? null : twice(invitee, before))
    if (before === undefined) first.set(invitee.key, index)
    if (message !== null) fields.push({ path: pathOf(index), message })
  }
  if (fields.length > 0) throw badList(fields)
  return invitees
}

/** Throws `invitations/bad-list` with a field for each line whose person is here already. */
export function demandNewcomers(invitees: readonly Invitee[], known: readonly Known[]): void {
  const statuses = new Map(known.flatMap(({ keys, status }) => keys.map(key => [key, status] as const)))
  const fields = invitees.flatMap(({ address, key }, index): InvalidField[] => {
    const status = statuses.get(key)
    return status === undefined ? [] : [{ path: pathOf(index), message: `${address} ${here[status]}` }]
  })
  if (fields.length > 0) throw badList(fields)
}

const here: Record<UserStatus, string> = {
  active: 'is in this organization already. Leave the line out.',
  pending: 'is pending already. Leave the line out; Users > Pending sends the invitation again.',
  deactivated: 'is deactivated. Leave the line out and reactivate them under Users > Deactivated.',
  deleted: 'was deleted a moment ago. Try again.',
}

function inviteeOf({ address, name }: Listed): Invitee {
  const trimmed = address.trim()
  return {
    address: trimmed,
    key: nameKey(trimmed),
    name: name?.trim() === '' ? null : (name?.trim() ?? null),
  }
}

function faultOf({ address, name }: Invitee): string | null {
  if (!looksLikeEmail(address) || odd.test(address)) {
    return `"${shown(address)}" is no e-mail address. Write it like ada@example.com.`
  }
  if (name === null) return null
  return name.length > longestName || oddName.test(name)
    ? `The name of ${address} cannot be taken. Use at most ${String(longestName)} ordinary characters.`
    : null
}

function twice({ address }: Invitee, before: number): string {
  return `${address} is on the list twice, first on line ${String(before + 1)}. Leave one out.`
}

function badList(fields: readonly InvalidField[]) {
  return invalidInput('invitations/bad-list', fields)
}

function pathOf(index: number): string {
  return `people.${String(index)}`
}

function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 80)
}
