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

/** A line as it is understood. */
export interface Invitee {
  readonly address: string
  readonly key: string
  readonly name: string | null
  /** Why it cannot be taken, for people; null when it can. */
  readonly fault: string | null
}

type Read = Omit<Invitee, 'fault'>

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
 * The lines of the list, each with what is wrong with it by itself; nothing is dropped in silence. Throws
 * `invitations/bad-list` when there are none or too many.
 */
export function readList(people: readonly Listed[]): Invitee[] {
  if (people.length < 1 || people.length > mostAtOnce) {
    const message = `Invite 1 to ${String(mostAtOnce)} people at once; the list has ${String(people.length)}.`
    throw invalidInput('invitations/bad-list', [{ path: 'people', message }])
  }
  const first = new Map<string, number>()
  return people.map((listed, index) => {
    const invitee = inviteeOf(listed)
    const before = first.get(invitee.key)
    if (before === undefined) first.set(invitee.key, index)
    const fault = faultOf(invitee) ?? (before === undefined ? null : twice(invitee, before))
    return { ...invitee, fault }
  })
}

/** Throws `invitations/bad-list` with a field `people.<index>` for each line that cannot be taken, or is here already. */
export function demandNewcomers(invitees: readonly Invitee[], known: readonly Known[]): void {
  const statuses = new Map(known.flatMap(({ keys, status }) => keys.map(key => [key, status] as const)))
  const fields = invitees.flatMap(({ address, key, fault }, index): InvalidField[] => {
    const status = statuses.get(key)
    const message = fault ?? (status === undefined ? null : `${address} ${here[status]}`)
    return message === null ? [] : [{ path: `people.${String(index)}`, message }]
  })
  if (fields.length > 0) throw invalidInput('invitations/bad-list', fields)
}

const here: Record<UserStatus, string> = {
  active: 'is in this organization already. Leave the line out.',
  pending: 'is pending already. Leave the line out; Users > Pending sends the invitation again.',
  deactivated: 'is deactivated. Leave the line out and reactivate them under Users > Deactivated.',
  deleted: 'was deleted a moment ago. Try again.',
}

function inviteeOf({ address, name }: Listed): Read {
  const trimmed = address.trim()
  return {
    address: trimmed,
    key: nameKey(trimmed),
    name: name?.trim() === '' ? null : (name?.trim() ?? null),
  }
}

function faultOf({ address, name }: Read): string | null {
  if (!looksLikeEmail(address) || odd.test(address)) {
    return `"${shown(address)}" is no e-mail address. Write it like ada@example.com.`
  }
  if (name === null) return null
  return name.length > longestName || oddName.test(name)
    ? `The name of ${address} cannot be taken. Use at most ${String(longestName)} ordinary characters.`
    : null
}

function twice({ address }: Read, before: number): string {
  return `${address} is on the list twice, first on line ${String(before + 1)}. Leave one out.`
}

function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 80)
}
