// The rules of the users page that need no page.
import { describe, expect, test } from 'vitest'
import { allowedActions } from '#web/features/users/allowed-actions.ts'
import { stationsOf } from '#web/features/users/life-cycle.ts'
import { syncState } from '#web/features/users/sync-state.ts'
import { filtersIn, isFiltered, nextSort, usersCsv, variablesOf } from '#web/features/users/user-filters.ts'

const owner = { enforced: true, manageUsers: true, restoreUsers: true, viewerIsOwner: true }
const admin = { ...owner, restoreUsers: false, viewerIsOwner: false }

describe('while SCIM is enforced', () => {
  test('state is managed by the identity provider, roles are not', () => {
    expect(allowedActions({ status: 'ACTIVE', role: 'USER' }, admin)).toEqual([
      { action: 'role' },
      { action: 'deactivate', reason: 'users.reasons.managed' },
      { action: 'remove', reason: 'users.reasons.managed' },
    ])
  })

  test('the owner alone may remove someone who is already deactivated', () => {
    const person = { status: 'DEACTIVATED', role: 'USER' } as const
    const removal = (rules: typeof owner) =>
      allowedActions(person, rules).find(one => one.action === 'remove')
    expect(removal(owner)).toEqual({ action: 'remove' })
    expect(removal(admin)).toEqual({ action: 'remove', reason: 'users.reasons.managed' })
  })
})

test.each([
  [{ status: 'DELETED', purgeAt: '2026-12-12T12:00:00Z' }, 'users.removedUntil 12 Dec 2026', false],
  [{ status: 'DELETED', purgeAt: null }, 'users.removed', false],
  [{ status: 'ACTIVE', linked: false }, 'users.notLinked', true],
  [{ status: 'DEACTIVATED', userNameIsEmail: false }, 'users.noEmail', true],
  [{ status: 'PENDING' }, 'users.inSync', false],
] as const)('%o is told as "%s"', (changes, text, warns) => {
  const words = (key: string, values?: Record<string, unknown>) =>
    [key, ...Object.values(values ?? {})].join(' ')
  const user = { linked: true, userNameIsEmail: true, purgeAt: null, ...changes } as const
  expect(syncState(user, words)).toMatchObject({ text, warns })
})

test('the owner alone hands the organization over, and only to someone who is active', () => {
  const offered = (person: Parameters<typeof allowedActions>[0], rules: typeof owner) =>
    allowedActions(person, rules).some(one => one.action === 'transfer')
  expect(offered({ status: 'ACTIVE', role: 'ADMIN' }, owner)).toBe(true)
  expect(offered({ status: 'ACTIVE', role: 'ADMIN' }, admin)).toBe(false)
  expect(offered({ status: 'ACTIVE', role: 'OWNER' }, owner)).toBe(false)
  expect(offered({ status: 'PENDING', role: 'USER' }, owner)).toBe(false)
  expect(offered({ status: 'DEACTIVATED', role: 'USER' }, owner)).toBe(false)
})

test('without SCIM an admin manages people by hand, but never the owner', () => {
  const rules = { ...admin, enforced: false }
  expect(allowedActions({ status: 'ACTIVE', role: 'USER' }, rules).every(one => !one.reason)).toBe(true)
  expect(allowedActions({ status: 'ACTIVE', role: 'OWNER' }, rules).every(one => one.reason)).toBe(true)
})

test('only the owner restores, and someone without rights is told so', () => {
  expect(allowedActions({ status: 'DELETED', role: 'USER' }, admin)).toEqual([
    { action: 'restore', reason: 'users.reasons.ownerOnly' },
  ])
  expect(allowedActions({ status: 'DELETED', role: 'USER' }, owner)).toEqual([{ action: 'restore' }])
  const nobody = { ...admin, manageUsers: false }
  expect(allowedActions({ status: 'ACTIVE', role: 'USER' }, nobody)[0]?.reason).toBe(
    'users.reasons.adminsOnly',
  )
})

test.each([
  [{}, 'status=active'],
  [{ tab: 'deleted', q: 'ada & co' }, 'status=deleted&search=ada+%26+co'],
  [{ role: 'GROUP_ADMIN,OWNER' }, 'status=active&role=group_admin%2Cowner'],
  [
    { tab: 'pending', linked: 'no', group: 'R&D, East', member: 'R1', sort: '-name' },
    'status=pending&linked=no&identityProviderGroup=R%26D%2C+East&groupId=R1',
  ],
])('C8: the file has the people of the list: %j', (query, asked) => {
  expect(usersCsv(filtersIn(query))).toBe(`/exports/users.csv?${asked}`)
})

test('the address becomes the variables of the query', () => {
  const filters = filtersIn({
    tab: 'pending',
    q: 'ada',
    role: 'ADMIN',
    linked: 'no',
    group: 'Sales',
    member: 'R1',
    sort: '-created',
  })
  expect(variablesOf(filters)).toEqual({
    status: ['PENDING'],
    search: 'ada',
    role: ['ADMIN'],
    linked: false,
    identityProviderGroup: 'Sales',
    groupId: 'R1',
    orderBy: { field: 'CREATED_AT', direction: 'DESC' },
  })
  expect([isFiltered(filters), isFiltered(filtersIn({ tab: 'evil', sort: 'x' }))]).toEqual([true, false])
  expect(isFiltered(filtersIn({ member: 'R1' }))).toBe(true)
})

test('a column sorts upwards first, then downwards', () => {
  const filters = filtersIn({})
  expect([
    nextSort(filters, 'name'),
    nextSort({ ...filters, descending: true }, 'name'),
    nextSort(filters, 'created'),
  ]).toEqual(['-name', 'name', 'created'])
})

test('the life cycle holds what happened, in order', () => {
  const at = (day: number) => `2026-11-0${day}T00:00:00Z`
  const dates = {
    createdAt: at(1),
    provisionedAt: at(1),
    activatedAt: at(3),
    lastSignInAt: null,
    deactivatedAt: at(2),
    deletedAt: null,
    purgeAt: null,
  }
  expect(stationsOf(dates).map(one => one.key)).toEqual([
    'created',
    'provisioned',
    'deactivated',
    'activated',
  ])
})
