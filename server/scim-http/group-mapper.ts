// Between a group of the domain and the SCIM resource that clients see.
import { documentOf, type Group } from '#server/domain/groups/rules/group.ts'
import type { Related } from '#server/domain/memberships/read-members.sql.ts'
import { groupType, present, weakTag, type Resource, type Selection } from '#server/scim/index.ts'

export function groupLocation(group: { id: string }, baseUrl: string): string {
  return `${baseUrl}/Groups/${group.id}`
}

/** The resource as an answer shows it; `members` are given as far as they will be seen. */
export function presentGroup(
  group: Group,
  shown: { baseUrl: string; selection: Selection; members: readonly Related[] },
): Resource {
  const { baseUrl, selection, members } = shown
  const resource = {
    ...documentOf(group),
    id: group.id,
    members: members.map(({ id, name }) => ({
      value: id,
      $ref: `${baseUrl}/Users/${id}`,
      display: name,
      type: 'User',
    })),
    meta: {
      resourceType: 'Group',
      created: group.createdAt.toISOString(),
      lastModified: group.lastModified.toISOString(),
      location: groupLocation(group, baseUrl),
      version: weakTag(group.version),
    },
  }
  return present(resource, groupType, selection)
}
