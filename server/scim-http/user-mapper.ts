// Between a person of the domain and the SCIM resource that clients see.
import type { Related } from '#server/domain/memberships/read-members.sql.ts'
import type { SeenUser } from '#server/domain/users/rules/user.ts'
import { isActive } from '#server/domain/users/rules/user.ts'
import type { Revisable } from '#server/domain/users/revise-user.ts'
import { present, userType, weakTag, type Resource, type Selection } from '#server/scim/index.ts'

interface Shown {
  readonly baseUrl: string
  readonly selection: Selection
  /** The person's groups as far as they will be seen. */
  readonly groups: readonly Related[]
}

/** The whole resource, with what we add: `id`, `active`, `groups` and `meta` (RFC 7643 sections 3.1 and 4.1.2). */
export function toResource(user: SeenUser, { baseUrl, groups }: Omit<Shown, 'selection'>): Resource {
  return {
    ...user.document,
    id: user.id,
    active: isActive(user.status),
    groups: groups.map(({ id, name }) => ({
      value: id,
      $ref: `${baseUrl}/Groups/${id}`,
      display: name,
      type: 'direct',
    })),
    meta: {
      resourceType: 'User',
      created: user.createdAt.toISOString(),
      lastModified: user.lastModified.toISOString(),
      location: locationOf(user, baseUrl),
      version: weakTag(user.version),
    },
  }
}

export function locationOf(user: { id: string }, baseUrl: string): string {
  return `${baseUrl}/Users/${user.id}`
}

/** The resource as an answer shows it. */
export function presentUser(user: SeenUser, shown: Shown): Resource {
  return present(toResource(user, shown), userType, shown.selection)
}

/** What PUT and PATCH work on: the document with `active`, as clients see it. */
export function toWritable(current: Revisable): Resource {
  return { ...current.document, active: current.active }
}

/** Back from a resource to document and `active`; absent `active` means true (RFC 7643 section 4.1.1). */
export function fromWritable(resource: Resource): Revisable {
  const { active, ...document } = resource
  return { document, active: active !== false }
}
