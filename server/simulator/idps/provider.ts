// What every simulated identity provider can be asked for: requests in its own style.
import type { Resource } from '#server/scim/index.ts'
import type { Person } from '../people.ts'
import type { ScimRequest } from '../scim-request.ts'

/** A person whom the service knows under an id. */
export interface Linked {
  readonly id: string
  readonly person: Person
  /** What the service answered last about them. */
  readonly resource: Resource
}

export interface Provider {
  readonly title: string
  readonly headers: Readonly<Record<string, string>>
  /** `nobody` is a random GUID. */
  readonly testConnection: (nobody: string) => ScimRequest
  readonly find: (person: Person) => ScimRequest
  readonly create: (person: Person) => ScimRequest
  readonly read: (linked: Linked) => ScimRequest
  /** `person` as they are now. */
  readonly update: (linked: Linked, person: Person) => ScimRequest
  readonly setActive: (linked: Linked, active: boolean) => ScimRequest
  /** Null when the provider never deletes. */
  readonly remove: ((linked: Linked) => ScimRequest) | null
}

export function findByUserName(userName: string): ScimRequest {
  return { method: 'GET', path: '/Users', query: { filter: `userName eq ${JSON.stringify(userName)}` } }
}

export function readById({ id }: Linked): ScimRequest {
  return { method: 'GET', path: `/Users/${id}` }
}

export function deleteById({ id }: { readonly id: string }): ScimRequest {
  return { method: 'DELETE', path: `/Users/${id}` }
}
