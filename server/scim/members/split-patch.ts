// Splits the PATCH of a group into operations on its attributes and changes of its members (RFC 7644 section 3.5.2).
import { refusal, type ScimError } from '../error.ts'
import { isJsonArray, isJsonObject, type Json } from '../json.ts'
import type { ElementsOperation, PatchOperation } from '../patch/operation.ts'
import { parsePatch, type PatchOptions } from '../patch/request.ts'
import { membersAttribute } from '../schema/group.ts'
import { groupType } from '../schema/group-type.ts'
import type { MemberChange } from './member-change.ts'
import { memberIds } from './member-id.ts'
import { pickedMembers } from './picked-members.ts'

export interface SplitPatch {
  /** For `applyPatch`; none of them touches `members`. */
  readonly operations: readonly PatchOperation[]
  readonly members: readonly MemberChange[]
  /** Names that were skipped because no schema knows them (H13). */
  readonly ignored: readonly string[]
}

/** Parses a PatchOp message for a group; throws what `parsePatch` throws, and `mutability` for parts of members. */
export function splitGroupPatch(body: unknown, options: PatchOptions = {}): SplitPatch {
  const { operations, ignored } = parsePatch(body, groupType, options)
  return {
    operations: operations.filter(({ path }) => path.attribute !== membersAttribute),
    members: operations.filter(({ path }) => path.attribute === membersAttribute).map(memberChange),
    ignored,
  }
}

function memberChange(operation: PatchOperation): MemberChange {
  if (operation.path.sub !== undefined) throw partsStay()
  switch (operation.op) {
    case 'add':
    case 'replace':
      return { kind: operation.op, ids: memberIds(listOf(operation.value)) }
    case 'remove':
      return { kind: 'replace', ids: [] }
    case 'removeListed':
      return { kind: 'remove', ids: memberIds(operation.listed) }
    default:
      return pickedChange(operation)
  }
}

/** `members[value eq "x"]`: a removal of x, or, with a value, the assurance that x is in. */
function pickedChange(operation: ElementsOperation): MemberChange {
  const picked = operation.filter === null ? null : pickedMembers(operation.filter)
  if (operation.op === 'removeElements') {
    return picked === null ? { kind: 'replace', ids: [] } : { kind: 'remove', ids: picked }
  }
  if (picked === null) throw partsStay()
  const sent = isJsonObject(operation.value) ? operation.value['value'] : undefined
  if (sent !== undefined && !picked.every(id => id === sent)) throw partsStay()
  memberIds(picked.map(value => ({ ...(isJsonObject(operation.value) ? operation.value : {}), value })))
  return { kind: 'add', ids: picked }
}

function listOf(value: Json): readonly Json[] {
  return isJsonArray(value) ? value : [value]
}

function partsStay(): ScimError {
  return refusal('mutability', 'A member cannot be turned into another. Remove the one and add the other.')
}
