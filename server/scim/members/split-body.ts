// Splits the body of a group's POST or PUT into its attributes and the ids of its members.
import { isJsonArray, type Resource } from '../json.ts'
import { accept, type Interaction } from '../resource/accept.ts'
import { groupType } from '../schema/group-type.ts'
import { memberIds } from './member-id.ts'

export interface SplitBody {
  /** Without `members`, `id`, `meta` and `schemas`. */
  readonly document: Resource
  /** Empty when the body names none: a PUT without members empties the group (U13). */
  readonly members: readonly string[]
  readonly ignored: readonly string[]
}

/** Checks a body as `accept` does; throws the same, and `invalidValue` for groups inside groups. */
export function splitGroupBody(body: unknown, interaction: Interaction): SplitBody {
  const { resource, ignored } = accept(body, groupType, interaction)
  const { members, ...document } = resource
  return { document, members: isJsonArray(members) ? memberIds(members) : [], ignored }
}
