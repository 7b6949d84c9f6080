// A person in canonical form and shorthands for the tests of the SCIM engine.
import { expect } from 'vitest'
import {
  applyPatch,
  matches,
  normalizePatchBody,
  parseFilter,
  parsePatch,
  ScimError,
  urn,
  userType,
  type Json,
  type Resource,
} from '#server/scim/index.ts'

export const ENT = urn.enterpriseUser
export const CAL = urn.calendlyUser

export const ada: Resource = {
  id: 'u1',
  externalId: 'Ext-1',
  userName: 'Ada@Ex.org',
  active: true,
  displayName: 'Ada L "the first" \\ 王',
  title: 'Analyst',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [
    { value: 'ada@ex.org', type: 'work', primary: true },
    { value: 'ada@home.net', type: 'home' },
  ],
  groups: [{ value: 'g1', display: 'Sales' }],
  [ENT]: { department: 'Maths', manager: { value: 'u9' } },
  [CAL]: { group: 'Sales' },
  meta: {
    resourceType: 'User',
    created: '2026-01-01T10:00:00+02:00',
    lastModified: '2026-02-01T00:00:00Z',
    version: 'W/"3"',
  },
}

export function hits(filter: string, resource: Resource = ada): boolean {
  return matches(parseFilter(filter, userType), resource)
}

/** Runs the operations as a client would send them, dialect included. */
export function patched(operations: unknown, resource: Resource = ada): Resource {
  const { body } = normalizePatchBody({ schemas: [urn.patchOp], Operations: operations })
  return applyPatch(resource, parsePatch(body, userType).operations, userType)
}

/** Runs the operations through the engine alone, in strict mode. */
export function strictlyPatched(operations: unknown, resource: Resource = ada): Resource {
  const body = { schemas: [urn.patchOp], Operations: operations }
  return applyPatch(resource, parsePatch(body, userType, { strict: true }).operations, userType)
}

/** The error a call throws; anything else than a ScimError fails the test. */
export function refusalOf(call: () => unknown): ScimError {
  try {
    call()
  } catch (error) {
    expect(error).toBeInstanceOf(ScimError)
    return error as ScimError
  }
  throw new Error('Nothing was refused.')
}

export function reasonOf(call: () => unknown): string {
  const error = refusalOf(call)
  return `${error.status} ${error.scimType ?? ''}`.trim()
}

/** A resource without some keys. */
export function without(resource: Resource, ...names: string[]): Resource {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => !names.includes(name)))
}

/** What a PATCH of Ada is expected to change; undefined means the attribute is gone. */
export type Changes = Readonly<Record<string, Json | undefined>>
export type PatchCase = readonly [id: string, operations: unknown, changes: Changes]

export function expectedAfter(changes: Changes, before: Resource = ada): Resource {
  const entries = Object.entries({ ...before, ...changes })
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
