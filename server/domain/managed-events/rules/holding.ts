// Which managed events people hold: by a group of theirs, or in person.

export interface Assignments {
  /** Managed events by group. */
  readonly ofGroups: ReadonlyMap<string, readonly string[]>
}

/** `ofGroups` from the rows of the database. */
export function assignmentsOf(
  rows: readonly { readonly groupId: string; readonly managedEventId: string }[],
): Assignments {
  const ofGroups = new Map<string, string[]>()
  for (const { groupId, managedEventId } of rows) {
    const list = ofGroups.get(groupId)
    if (list === undefined) ofGroups.set(groupId, [managedEventId])
    else list.push(managedEventId)
  }
  return { ofGroups }
}

/** Managed events that someone in these groups holds; `inPerson` are those assigned to the person. */
export function heldBy(
  groupIds: Iterable<string>,
  { ofGroups }: Assignments,
  inPerson: Iterable<string> = [],
): Set<string> {
  const held = new Set(inPerson)
  for (const groupId of groupIds) for (const id of ofGroups.get(groupId) ?? []) held.add(id)
  return held
}

/** What a person gains and loses who moves from some groups to others; managed events held otherwise are in neither. */
export function changeOfHolding(
  groups: { readonly before: Iterable<string>; readonly after: Iterable<string> },
  assignments: Assignments,
  inPerson: Iterable<string> = [],
): { readonly gained: string[]; readonly lost: string[] } {
  const own = new Set(inPerson)
  const before = heldBy(groups.before, assignments, own)
  const after = heldBy(groups.after, assignments, own)
  return {
    gained: [...after].filter(id => !before.has(id)),
    lost: [...before].filter(id => !after.has(id)),
  }
}
