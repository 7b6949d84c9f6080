// Changes of a group's members as data: what a request asks for, without the group being loaded.

/** One wish, in the order of the request. A replacement by nobody empties the group. */
export interface MemberChange {
  readonly kind: 'add' | 'remove' | 'replace'
  /** Ids of people, each once. */
  readonly ids: readonly string[]
}

/** What all the wishes of a request come to, whoever is in the group now. */
export interface MemberPlan {
  /** Everyone leaves who is not in `add`. */
  readonly replacesAll: boolean
  readonly add: readonly string[]
  /** Empty when `replacesAll`. */
  readonly remove: readonly string[]
}

/** Folds wishes in their order: the last word about each person counts (RFC 7644 section 3.5.2). */
export function planMembers(changes: readonly MemberChange[]): MemberPlan {
  const add = new Set<string>()
  const remove = new Set<string>()
  let replacesAll = false
  for (const { kind, ids } of changes) {
    if (kind === 'replace') {
      replacesAll = true
      add.clear()
      remove.clear()
    }
    const [into, from] = kind === 'remove' ? [remove, add] : [add, remove]
    for (const id of ids) {
      from.delete(id)
      into.add(id)
    }
  }
  return { replacesAll, add: [...add], remove: replacesAll ? [] : [...remove] }
}
