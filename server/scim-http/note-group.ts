// What the provisioning log says about a call to /Groups.
import type { Group } from '#server/domain/groups/rules/group.ts'
import type { GroupRevised } from '#server/domain/groups/revise-group.ts'
import type { MovedPeople } from '#server/domain/memberships/rules/moved-people.ts'
import type { Change, People } from '#server/domain/provisioning-log/rules/event.ts'
import type { Quirk } from '#server/domain/provisioning-log/rules/exchange.ts'
import type { Filter, MemberPlan } from '#server/scim/index.ts'
import type { AuthenticatedCall } from './call.ts'
import { foundSummary } from './found-summary.ts'

/** The group the call is about. */
export function noteGroup(call: AuthenticatedCall, group: Group): void {
  call.notes.subject = group.displayName
}

export function noteCreated(call: AuthenticatedCall, group: Group, moved: MovedPeople): void {
  noteGroup(call, group)
  noteMember(call, moved)
  const members = moved.added.count === 0 ? '' : ` with ${peopleOf(moved.added)}`
  call.notes.summary = `Created the group ${group.displayName}${members}${waitingOf(moved)}`
}

/** A sentence like `Renamed Sales to Sales EMEA, added 3 people to Sales EMEA`. */
export function noteRevised(
  call: AuthenticatedCall,
  { group, changes, moved, changed }: GroupRevised,
  asked: MemberPlan,
): void {
  noteGroup(call, group)
  const inVain = asked.remove.length > 0 && moved.removed.count === 0
  if (inVain) call.notes.quirks.push(removedNobody)
  noteMember(call, moved)
  call.notes.changes = [...changes, ...memberChange(moved)]
  call.notes.changedNothing = !changed
  const parts = [
    ...namesIn(changes, group),
    ...(moved.removed.count === 0 ? [] : [`removed ${peopleOf(moved.removed)} from ${group.displayName}`]),
    ...(inVain ? [`removed nobody from ${group.displayName}`] : []),
    ...(moved.added.count === 0 ? [] : [`added ${peopleOf(moved.added)} to ${group.displayName}`]),
  ]
  const told = parts.length === 0 ? nothingIn(group, changed) : parts.join(', ')
  call.notes.summary = told.charAt(0).toUpperCase() + told.slice(1) + waitingOf(moved)
}

/** No departure from the standard, but what an admin wants to see when somebody stays in a group. */
const removedNobody: Quirk = {
  id: 'removed-nobody',
  sentence:
    'A removal removed nobody: whom it named is not in the group, or is in it for another reason, too.',
}

export function noteDeleted(call: AuthenticatedCall, group: Group): void {
  noteGroup(call, group)
  call.notes.summary = `Deleted the group ${group.displayName}`
}

export function noteFoundGroups(
  call: AuthenticatedCall,
  found: { filter: Filter | null; groups: readonly Group[]; total: number | null },
): void {
  const { filter, groups, total } = found
  call.notes.summary = foundSummary(filter, { listed: groups.length, total, words: wordsForGroups })
}

const wordsForGroups = { none: 'no group', one: '1 group', many: 'groups' }

/** A call about one person stands in that person's history. */
function noteMember(call: AuthenticatedCall, { added, removed }: MovedPeople): void {
  const [only] = [...added.ids, ...removed.ids]
  if (added.count + removed.count === 1 && only !== undefined) call.notes.userId = only
}

function namesIn(changes: readonly Change[], group: Group): string[] {
  const renamed = changes.find(({ path }) => path === 'displayName')
  if (renamed !== undefined) return [`renamed ${String(renamed.before)} to ${group.displayName}`]
  return changes.length === 0 ? [] : [`changed externalId of ${group.displayName}`]
}

function nothingIn(group: Group, changed: boolean): string {
  return changed ? `confirmed members of ${group.displayName}` : `changed nothing about ${group.displayName}`
}

/** Several people are counted, not named: names would outlive a purge. */
function peopleOf({ count, names }: People): string {
  return count === 1 ? (names[0] ?? 'someone') : `${String(count)} people`
}

function waitingOf({ waiting }: MovedPeople): string {
  return waiting === 0 ? '' : `; ${String(waiting)} wait to be provisioned`
}

function memberChange({ added, removed }: MovedPeople): Change[] {
  return added.count + removed.count === 0 ? [] : [{ path: 'members', before: removed.ids, after: added.ids }]
}
