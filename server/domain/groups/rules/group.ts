// A group as the rules see it: plain data, no database type.
import type { Resource } from '#server/scim/index.ts'
import type { Change } from '#server/domain/provisioning-log/rules/event.ts'

/** What a client writes about a group, apart from its members. */
export interface GroupNames {
  readonly displayName: string
  readonly externalId: string | null
}

export interface Group extends GroupNames {
  readonly id: string
  /** Raised when what a SCIM client can see changes, members included; the ETag. */
  readonly version: number
  /** Set once an identity provider has created or changed the group. */
  readonly linkedAt: Date | null
  readonly createdAt: Date
  readonly lastModified: Date
}

/** The attributes of a checked resource without `members`. */
export function namesOf(document: Resource): GroupNames {
  const { displayName, externalId } = document
  return {
    displayName: typeof displayName === 'string' ? displayName : '',
    externalId: typeof externalId === 'string' ? externalId : null,
  }
}

/** The resource without members, as clients may patch it. */
export function documentOf({ displayName, externalId }: GroupNames): Resource {
  return { displayName, ...(externalId === null ? {} : { externalId }) }
}

/** What differs; empty when nothing does. */
export function changedNames(before: GroupNames, after: GroupNames): Change[] {
  return (['displayName', 'externalId'] as const)
    .filter(path => before[path] !== after[path])
    .map(path => ({ path, before: before[path], after: after[path] }))
}
