// The people of the demonstration and what happened to each of them in a year.
import { v7 } from 'uuid'
import type { Change } from '#server/domain/provisioning-log/rules/event.ts'
import { diff } from '#server/domain/users/rules/diff.ts'
import type { UserStatus } from '#server/domain/users/rules/user.ts'
import { urn, type Resource } from '#server/scim/index.ts'
import { day, officeMoment, type DemoYear } from './demo-calendar.ts'
import { departments, familyNames, givenNames, mailDomain, offices } from './demo-company.ts'
import type { Dice } from './demo-dice.ts'

export type StepKind =
  'created' | 'activated' | 'updated' | 'deactivated' | 'reactivated' | 'deleted' | 'purged'

/** One thing that happened to a person. */
export interface DemoStep {
  readonly kind: StepKind
  readonly at: Date
  readonly changes: readonly Change[]
  /** The person's document afterwards. */
  readonly document: Resource
  readonly status: UserStatus
}

export interface DemoPerson {
  readonly id: string
  /** In the order they happened; at least one. */
  readonly steps: readonly DemoStep[]
}

export const peopleCount = 5_000
const purgedCount = 25
const deletedCount = 14
/** People who were there on the first day. */
const founders = 3_100
/** A deleted person can be restored for so long. */
export const graceDays = 7

interface Life {
  readonly dice: Dice
  readonly year: DemoYear
  readonly steps: DemoStep[]
}

/** Everyone, in the order of creation: the living, a few who were deleted, and some who were purged since. */
export function makePeople(dice: Dice, year: DemoYear): DemoPerson[] {
  const names = new Set<string>()
  const fates = [
    ...Array.from({ length: purgedCount }, () => 'purged' as const),
    ...Array.from({ length: deletedCount }, () => 'deleted' as const),
    ...Array.from({ length: peopleCount }, () => 'stays' as const),
  ]
  const people = fates.map((fate, index) => {
    const life: Life = { dice, year, steps: [] }
    begin(life, { document: newDocument(dice, names), founder: index < founders })
    liveOn(life)
    if (fate !== 'stays') end(life, fate)
    const created = life.steps[0]?.at ?? year.from
    return { id: v7({ msecs: created.getTime() }), steps: life.steps }
  })
  return people.sort((one, other) => (one.id < other.id ? -1 : 1))
}

function begin(life: Life, person: { document: Resource; founder: boolean }): void {
  const { dice, year } = life
  const firstCycle = new Date(year.from.getTime() + dice.share() * 0.12 * day)
  const latest = new Date(year.until.getTime() - 3_600_000)
  const at = person.founder
    ? firstCycle
    : officeMoment(dice, { from: new Date(year.from.getTime() + day), until: latest })
  life.steps.push({ kind: 'created', at, changes: [], document: person.document, status: 'pending' })
  const days = (year.until.getTime() - at.getTime()) / day
  if (dice.chance(days > 20 ? 0.95 : 0.5)) step(life, { kind: 'activated', within: Math.min(6, days) })
}

function liveOn(life: Life): void {
  const { dice, year } = life
  const days = (year.until.getTime() - lastOf(life).at.getTime()) / day
  const moves = Math.floor((days / 365) * dice.between(0, 3) + dice.share() * 0.6)
  for (let move = 0; move < moves; move += 1) step(life, { kind: 'updated', within: daysLeft(life) * 0.8 })
  if (!dice.chance(0.13)) return
  step(life, { kind: 'deactivated', within: daysLeft(life) })
  if (dice.chance(0.18)) step(life, { kind: 'reactivated', within: daysLeft(life) })
}

/** A purged person was deleted long enough ago, a deleted one can still be restored. */
function end(life: Life, fate: 'deleted' | 'purged'): void {
  const { dice, year } = life
  const until = year.until.getTime()
  const ago = fate === 'deleted' ? dice.share() * (graceDays - 1) : graceDays + 1 + dice.share() * 150
  const at = new Date(until - ago * day - 60_000)
  const earlier = life.steps.filter((done, index) => index === 0 || done.at < at)
  life.steps.splice(0, life.steps.length, ...earlier)
  const created = life.steps[0]
  if (created !== undefined && created.at >= at)
    life.steps[0] = { ...created, at: new Date(at.getTime() - day) }
  const { document, status } = lastOf(life)
  if (status !== 'deactivated') {
    const changes = [{ path: 'active', before: true, after: false }]
    const offAt = new Date((lastOf(life).at.getTime() + at.getTime()) / 2)
    life.steps.push({ kind: 'deactivated', at: offAt, changes, document, status: 'deactivated' })
  }
  life.steps.push({ kind: 'deleted', at, changes: [], document, status: 'deleted' })
  if (fate !== 'purged') return
  const purgedAt = new Date(at.getTime() + graceDays * day + 1_800_000)
  life.steps.push({ kind: 'purged', at: purgedAt, changes: [], document, status: 'deleted' })
}

function step(life: Life, next: { kind: StepKind; within: number }): void {
  const before = lastOf(life)
  const from = new Date(before.at.getTime() + 1_000)
  const until = new Date(Math.min(life.year.until.getTime(), from.getTime() + next.within * day))
  if (until <= from) return
  const document = next.kind === 'updated' ? moved(life.dice, before.document) : before.document
  const status = statusAfter(next.kind, life)
  const active = { path: 'active', before: next.kind === 'deactivated', after: next.kind === 'reactivated' }
  const switched = next.kind === 'deactivated' || next.kind === 'reactivated'
  const changes = switched ? [active] : diff(before.document, document)
  if (next.kind === 'updated' && changes.length === 0) return
  life.steps.push({
    kind: next.kind,
    at: officeMoment(life.dice, { from, until }),
    changes,
    document,
    status,
  })
}

function statusAfter(kind: StepKind, life: Life): UserStatus {
  if (kind === 'deactivated') return 'deactivated'
  if (kind === 'activated') return 'active'
  if (kind !== 'reactivated') return lastOf(life).status
  return life.steps.some(done => done.kind === 'activated') ? 'active' : 'pending'
}

function lastOf(life: { readonly steps: readonly DemoStep[] }): DemoStep {
  const last = life.steps.at(-1)
  if (last === undefined) throw new Error('A person of the demonstration has no beginning.')
  return last
}

function daysLeft(life: Life): number {
  return (life.year.until.getTime() - lastOf(life).at.getTime()) / day
}

function newDocument(dice: Dice, taken: Set<string>): Resource {
  const [givenName, familyName] = [dice.pick(givenNames), dice.pick(familyNames)]
  const userName = freeName(`${plain(givenName)}.${plain(familyName)}`, taken)
  const displayName = `${givenName} ${familyName}`
  return {
    ...placement(dice, dice.between(100_000, 999_999).toString()),
    externalId: `00u${dice
      .between(0, 2 ** 40)
      .toString(36)
      .padStart(8, '0')}demo`,
    userName,
    displayName,
    name: { givenName, familyName, formatted: displayName },
    emails: [{ value: userName, type: 'work', primary: true }],
  }
}

function placement(dice: Dice, employeeNumber: string): Resource {
  const department = departments[dice.weighted(departments.map(({ weight }) => weight))]
  if (department === undefined) throw new Error('The company has no departments.')
  const group = dice.pick(department.groups)
  return {
    title: dice.pick(department.titles),
    addresses: [{ type: 'work', locality: dice.pick(offices) }],
    [urn.enterpriseUser]: { department: department.name, employeeNumber },
    ...(group === '' ? {} : { [urn.calendlyUser]: { group } }),
  }
}

/** A new job in the company, or a new phone. */
function moved(dice: Dice, document: Resource): Resource {
  if (dice.chance(0.35)) {
    const number = `+1 555 01${String(dice.between(0, 99)).padStart(2, '0')} ${String(dice.between(100, 999))}`
    return { ...document, phoneNumbers: [{ value: number, type: 'mobile' }] }
  }
  const { employeeNumber } = document[urn.enterpriseUser] as { employeeNumber: string }
  const { [urn.calendlyUser]: _group, ...rest } = document
  return { ...rest, ...placement(dice, employeeNumber) }
}

function freeName(base: string, taken: Set<string>): string {
  let name = base
  for (let again = 2; taken.has(name); again += 1) name = `${base}${String(again)}`
  taken.add(name)
  return `${name}@${mailDomain}`
}

function plain(name: string): string {
  const latin = name.replaceAll('ø', 'o').replaceAll('ş', 's').replaceAll('ı', 'i')
  return latin
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z-]/g, '')
}
