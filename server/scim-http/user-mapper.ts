// Between a person of the domain and the SCIM resource that clients see.
import type { SeenUser } from '#server/domain/users/rules/user.ts'
import { isActive } from '#server/domain/users/rules/user.ts'
import type { Revisable } from '#server/domain/users/revise-user.ts'
import { present, userType, weakTag, type Resource, type Selection } from '#server/scim/index.ts'

/** The whole resource, with what we add: `id`, `active` and `meta` (RFC 7643 section 3.1). */
export function toResource(user: SeenUser, baseUrl: string): Resource {
  return {
    ...user.document,
    id: user.id,
    active: isActive(user.status),
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
export function presentUser(user: SeenUser, shown: { baseUrl: string; selection: Selection }): Resource {
  return present(toResource(user, shown.baseUrl), userType, shown.selection)
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
