// The stored people of a measurement: the same for every server that is measured.
import { v7 } from 'uuid'
import type { User } from '#server/domain/users/rules/user.ts'
import { urn, type Resource } from '#server/scim/index.ts'

export interface Stored {
  readonly id: string
  readonly userName: string
  readonly active: boolean
}

export interface Population {
  readonly stored: readonly Stored[]
  /** People made by the create phase, for the delete phase. */
  readonly made: Set<string>
  /** Groups with managed events; none on other people's servers. */
  readonly holding: readonly string[]
}

const given = [
  'Ada',
  'Björn',
  'Chloé',
  'Deniz',
  'Emeka',
  'Fatima',
  'Giulia',
  'Hana',
  'Ivan',
  'Jing',
  'Kofi',
  'Lena',
]
const family = ['Andersen', 'Brown', 'Müller', 'Nakamura', 'Okafor', 'Pérez', 'Singh', 'Yilmaz', 'Novak']
/** Departments of the people; `groupValue` makes what leads to a group of them. */
export const departments = ['Sales', 'Support', 'Engineering', 'Finance', 'People', 'Legal', 'Marketing']

export function groupValue(department: string): string {
  return `${department} Team`
}

/** Attributes of person `index` as an identity provider sends them, without `active` and `schemas`. */
export function documentOf(index: number, prefix = 'p'): Resource {
  const pick = (list: readonly string[], step: number): string =>
    list[Math.floor(index / step) % list.length] ?? ''
  const [givenName, familyName] = [pick(given, 1), pick(family, given.length)]
  const userName = `${prefix}${String(index)}.${familyName
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()}@example.com`
  return {
    userName,
    externalId: `${prefix}-${String(index)}`,
    displayName: `${givenName} ${familyName}`,
    name: { givenName, familyName, formatted: `${givenName} ${familyName}` },
    title: 'Account Executive',
    emails: [{ value: userName, type: 'work', primary: true }],
    phoneNumbers: [{ value: '+1 555 0100', type: 'work' }],
    [urn.enterpriseUser]: {
      department: pick(departments, 5),
      employeeNumber: String(index),
      costCenter: '4711',
    },
    [urn.calendlyUser]: { group: groupValue(pick(departments, 5)) },
  }
}

const schemas = [urn.user, urn.enterpriseUser, urn.calendlyUser]

/** Body of a POST in Entra ID's shape. */
export function bodyOf(index: number, prefix = 'p'): Resource {
  return {
    schemas,
    active: true,
    ...documentOf(index, prefix),
    meta: { resourceType: 'User' },
    roles: [],
    addresses: null,
  }
}

/** Rows for a preload: created one after the other in the past. */
export function makeUsers(count: number): User[] {
  const start = Date.now() - count * 1_000
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(start + index * 1_000)
    return {
      id: v7({ msecs: at.getTime() }),
      status: index % 10 === 9 ? 'deactivated' : index % 3 === 0 ? 'pending' : 'active',
      role: 'user',
      document: documentOf(index),
      version: 1,
      revision: 1,
      linkedAt: at,
      createdAt: at,
      lastModified: at,
      activatedAt: index % 3 === 0 ? null : at,
      provisionedAt: at,
      deactivatedAt: index % 10 === 9 ? at : null,
      deletedAt: null,
      purgeAt: null,
    }
  })
}

/** A number from 0 below `count`, the same sequence in every run. */
export function sequence(seed: number): (count: number) => number {
  let state = seed
  return count => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * count)
  }
}
