// The one way into and out of a group, whoever asks: memberships change, and copies of managed events with them.
import { keepCopies } from '#server/domain/managed-events/keep-copies.ts'
import type { SqlTransaction } from '#server/domain/transact.ts'
import { joinPeople, nobody } from './rules/moved-people.ts'
import type { SourceKind } from './rules/source.ts'
import type { People } from '#server/domain/provisioning-log/rules/event.ts'
import { addMembers, keepMembers, removeMembers, type Written } from './write-members.sql.ts'

export interface MemberMove {
  /** Its row must be locked (`lockGroup`), or made in this transaction. Lock several in the order of their ids. */
  readonly groupId: string
  /** The reason that is given and taken; other reasons for a membership stay. */
  readonly kind: SourceKind
  /** Ids of people; nobody stands in both lists. */
  readonly add: readonly string[]
  readonly remove: readonly string[]
  /** Takes the source from everyone who is not in `add`; `remove` is not looked at. */
  readonly replacesAll?: boolean
  /** What made the new memberships, e.g. `{ tokenId }`; `details` by person where they differ. */
  readonly detail?: object
  readonly details?: Readonly<Record<string, object>>
}

export interface MembersMoved {
  /** Who was not in the group before, and who is not any more; first ids and names, exact counts. */
  readonly added: People
  readonly removed: People
  /** Reasons that were given or taken, also where nobody joined or left. */
  readonly sources: number
  /** The first ids in `add` that are no living person of the organization; they were left out. */
  readonly unknown: readonly string[]
}

const nothing: Written = { people: nobody, sources: 0, assigned: [], unknown: [] }

/** No statement may come near the database's limit for one. */
const atOnce = 2_000

/**
 * Moves people by one statement a kind (one for each 2,000 people to be added) and brings their copies of the group's
 * managed events in step, in the caller's transaction. Where the group is assigned none this costs nothing. Writes
 * neither the group's version nor events: the caller does, with `updateGroup` and `memberEvents`.
 */
export async function moveMembers(tx: SqlTransaction, move: MemberMove): Promise<MembersMoved> {
  const removed = await takeAway(tx, move)
  const added = await addAll(tx, move)
  await keepCopies(tx, {
    managedEventIds: added.assigned.length > 0 ? added.assigned : removed.assigned,
    take: losing(move, removed),
    give: added.people.count === 0 ? [] : move.add,
  })
  return {
    added: added.people,
    removed: removed.people,
    sources: added.sources + removed.sources,
    unknown: added.unknown,
  }
}

/** Only whoever left can lose a copy. */
function losing(move: MemberMove, { people }: Written): readonly string[] | 'everyone' {
  if (people.count === 0) return []
  return move.replacesAll === true ? 'everyone' : move.remove
}

async function takeAway(tx: SqlTransaction, { groupId, kind, ...move }: MemberMove): Promise<Written> {
  if (move.replacesAll === true) return keepMembers(tx.sql, { groupId, kind, ids: move.add })
  return move.remove.length === 0 ? nothing : removeMembers(tx.sql, { groupId, kind, ids: move.remove })
}

async function addAll(tx: SqlTransaction, move: MemberMove): Promise<Written> {
  const { groupId, kind, details } = move
  // In one order for everybody, so that no two of them wait for each other.
  const sorted = [...move.add].sort()
  let all = nothing
  for (let from = 0; from < sorted.length && all.unknown.length === 0; from += atOnce) {
    const ids = sorted.slice(from, from + atOnce)
    const detail = move.detail ?? {}
    const some = await addMembers(tx.sql, { groupId, kind, ids, at: tx.clock.now(), detail, details })
    all = {
      people: joinPeople(all.people, some.people),
      sources: all.sources + some.sources,
      assigned: some.assigned,
      unknown: some.unknown,
    }
  }
  return all
}
