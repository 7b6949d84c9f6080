// What the provisioning log says about a Bulk request: how many of what were done, and how many failed.
import type { Change } from '#server/domain/provisioning-log/rules/event.ts'
import type { Outcome } from './bulk-job.ts'
import type { AuthenticatedCall } from './call.ts'

interface Ended {
  readonly outcomes: readonly Outcome[]
  /** Operations in the request; more than outcomes when it stopped early. */
  readonly asked: number
}

/** People are counted, not named: names would outlive a purge. Their events hang on the same exchange. */
export function noteBulk(call: AuthenticatedCall, { outcomes, asked }: Ended): void {
  const { notes } = call
  const done = outcomes.filter(isDone)
  const failed = outcomes.length - done.length
  const told = groupsOf(done, verbOf).map(([verb, of]) => `${verb} ${thingsOf(of)}`)
  const rest = [
    ...(failed === 0 ? [] : [`${String(failed)} failed`]),
    ...(asked === outcomes.length ? [] : [`${String(asked - outcomes.length)} not tried`]),
  ]
  notes.summary = `Bulk of ${counted(asked, 'operation', 'operations')}: ${[...told, ...rest].join(', ')}`
  notes.changes = groupsOf(outcomes, kindOf).map(([kind, of]) => changeOf(kind, of))
  notes.changedNothing = failed === 0 && done.every(outcome => outcome.notes.changedNothing)
  const people = new Set(outcomes.map(outcome => outcome.notes.userId))
  const [only = null] = people
  if (people.size === 1) notes.userId = only
  noteQuirks(call, outcomes)
}

/** Each departure once, as for a single request. */
function noteQuirks({ notes }: AuthenticatedCall, outcomes: readonly Outcome[]): void {
  const known = new Set(notes.quirks.map(({ id }) => id))
  for (const quirk of outcomes.flatMap(outcome => outcome.notes.quirks)) {
    if (known.has(quirk.id)) continue
    known.add(quirk.id)
    notes.quirks.push(quirk)
  }
}

const isDone = ({ entry }: Outcome): boolean => entry.problem === null

const verbs: Readonly<Record<string, string>> = { POST: 'created', DELETE: 'deleted' }

function verbOf({ entry, notes }: Outcome): string {
  const verb = verbs[entry.method] ?? 'changed'
  return notes.changedNothing ? 'changed nothing about' : verb
}

function kindOf({ entry, endpoint }: Outcome): string {
  return `${entry.method} ${endpoint === null ? '' : `/${endpoint}`}`.trim()
}

/** `3 people and 1 group`. */
function thingsOf(outcomes: readonly Outcome[]): string {
  const people = outcomes.filter(({ endpoint }) => endpoint === 'Users').length
  const groups = outcomes.length - people
  return [
    ...(people === 0 ? [] : [counted(people, 'person', 'people')]),
    ...(groups === 0 ? [] : [counted(groups, 'group', 'groups')]),
  ].join(' and ')
}

/** A row of the request's detail, such as `POST /Users`: what failed on the red side, what was done on the green. */
function changeOf(kind: string, outcomes: readonly Outcome[]): Change {
  const done = outcomes.filter(isDone).length
  const reasons = groupsOf(
    outcomes.filter(outcome => !isDone(outcome)),
    ({ entry }) => [String(entry.status), entry.problem?.scimType ?? ''].join(' ').trim(),
  ).map(([reason, of]) => `${String(of.length)} failed with ${reason}`)
  return {
    path: kind,
    before: reasons.length === 0 ? null : reasons.join(', '),
    after: done === 0 ? null : `${String(done)} done`,
  }
}

function groupsOf(
  outcomes: readonly Outcome[],
  nameOf: (outcome: Outcome) => string,
): readonly (readonly [string, readonly Outcome[]])[] {
  const groups = new Map<string, Outcome[]>()
  for (const outcome of outcomes) {
    const name = nameOf(outcome)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [outcome])
    else group.push(outcome)
  }
  return [...groups]
}

function counted(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`
}
