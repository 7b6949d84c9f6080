// The demonstration's year in order: every fact and every request, as the logs would have written them.
import type { EventDetail, EventType } from '#server/domain/provisioning-log/rules/event.ts'
import type { NewExchange } from '#server/domain/provisioning-log/rules/exchange.ts'
import { columnsOf } from '#server/domain/users/rules/columns.ts'
import { day, officeMoment, type DemoYear } from './demo-calendar.ts'
import type { Dice } from './demo-dice.ts'
import { exchangesOfStep, lookup, sitterAt, type Caller, type Request } from './demo-exchanges.ts'
import type { DemoPerson, DemoStep, StepKind } from './demo-people.ts'
import { expiredToken, refusals } from './demo-refusals.ts'

export interface DemoActor {
  readonly kind: 'person' | 'scim-token' | 'system'
  readonly id: string | null
  readonly name: string
}

/** A fact of the provisioning log without its number. */
export interface DemoFact {
  readonly at: Date
  readonly type: EventType
  readonly actor: DemoActor
  readonly userId: string | null
  readonly exchangeId: string | null
  readonly detail: EventDetail
}

export interface Cast {
  readonly owner: DemoActor
  /** Provisions until `switchAt`, then its token ends. */
  readonly entra: Caller
  /** Provisions from then on. */
  readonly okta: Caller
  readonly switchAt: Date
}

export interface DemoHistory {
  readonly facts: readonly DemoFact[]
  readonly exchanges: readonly NewExchange[]
}

interface Teller {
  readonly dice: Dice
  readonly cast: Cast
  readonly year: DemoYear
  readonly facts: DemoFact[]
  readonly exchanges: NewExchange[]
}

const lookupsInYear = 9_000
/** In the last two days, so that what an admin sees first is a healthy organization. */
const recentLookups = 600
/** About two of a hundred requests. */
const refusedRequests = 620
/** People whose last request failed. */
const stillFailing = 9

/** Tells the year: facts and exchanges, each in order of time. */
export function tellHistory(
  dice: Dice,
  people: readonly DemoPerson[],
  told: { cast: Cast; year: DemoYear },
): DemoHistory {
  const teller: Teller = { dice, ...told, facts: [], exchanges: [] }
  tellOffice(teller)
  for (const person of people) for (const step of person.steps) tellStep(teller, person, step)
  const living = people.filter(person => person.steps.at(-1)?.status !== 'deleted')
  tellRoutine(teller, living)
  tellTrouble(teller, living)
  const inOrder = (one: { at: Date }, other: { at: Date }): number => one.at.getTime() - other.at.getTime()
  return {
    facts: teller.facts.sort(inOrder),
    exchanges: teller.exchanges.sort((one, other) => one.occurredAt.getTime() - other.occurredAt.getTime()),
  }
}

/** What the owner did: switched SCIM on, made the tokens, moved from one provider to the other. */
function tellOffice({ facts, cast, year }: Teller): void {
  const early = (minutes: number): Date => new Date(year.from.getTime() - minutes * 60_000)
  const owned = (at: Date, type: EventType, detail: EventDetail): void => {
    facts.push({ at, type, actor: cast.owner, userId: null, exchangeId: null, detail })
  }
  owned(early(50), 'provisioning.enforced', {})
  owned(early(48), 'scim_token.issued', { subject: cast.entra.token.name })
  owned(early(30), 'provisioning.configured', {})
  owned(new Date(cast.switchAt.getTime() - 2 * day), 'scim_token.issued', { subject: cast.okta.token.name })
  const ended = { subject: cast.entra.token.name }
  facts.push({
    at: cast.switchAt,
    type: 'scim_token.expired',
    actor: rollcall,
    userId: null,
    exchangeId: null,
    detail: ended,
  })
}

export const rollcall: DemoActor = { kind: 'system', id: null, name: 'Rollcall' }

const eventOf: Record<StepKind, EventType> = {
  created: 'user.created',
  activated: 'user.activated',
  updated: 'user.updated',
  deactivated: 'user.deactivated',
  reactivated: 'user.reactivated',
  deleted: 'user.deleted',
  purged: 'user.purged',
}

function tellStep(teller: Teller, person: DemoPerson, step: DemoStep): void {
  const purged = person.steps.at(-1)?.kind === 'purged'
  const exchanges = byProvider(teller, step) ? exchangesOfStep(requestAt(teller, step.at), person, step) : []
  teller.exchanges.push(...(purged ? exchanges.map(scrubbed) : exchanges))
  const subject = columnsOf(step.document).displayName
  const changes = step.changes.length === 0 ? {} : { changes: step.changes }
  teller.facts.push({
    at: step.at,
    type: eventOf[step.kind],
    actor: actorOf(teller, person, step),
    userId: person.id,
    exchangeId: exchanges.at(-1)?.id ?? null,
    detail: purged ? {} : { subject, ...changes },
  })
}

/** Okta never deletes; then the owner does. */
function byProvider(teller: Teller, step: DemoStep): boolean {
  if (step.kind === 'activated' || step.kind === 'purged') return false
  return step.kind !== 'deleted' || step.at < teller.cast.switchAt
}

function actorOf(teller: Teller, person: DemoPerson, step: DemoStep): DemoActor {
  if (step.kind === 'purged') return rollcall
  if (step.kind === 'activated')
    return { kind: 'person', id: person.id, name: columnsOf(step.document).displayName }
  if (!byProvider(teller, step)) return teller.cast.owner
  const { token } = callerAt(teller, step.at)
  return { kind: 'scim-token', id: token.id, name: token.name }
}

function callerAt({ cast }: Teller, at: Date): Caller {
  return at < cast.switchAt ? cast.entra : cast.okta
}

function requestAt(teller: Teller, at: Date): Request {
  return { caller: callerAt(teller, at), at, dice: teller.dice }
}

/** Everything personal is gone, as after a real purge. */
function scrubbed(exchange: NewExchange): NewExchange {
  const nothing = { query: null, requestBody: null, responseBody: null, changes: null, quirks: [] }
  return { ...exchange, ...nothing, summary: 'About a person who was purged' }
}

/** Providers look again at people they know, all day long. */
function tellRoutine(teller: Teller, living: readonly DemoPerson[]): void {
  const { from, until } = teller.year
  tellLookups(teller, living, { from: new Date(from.getTime() + day), until, count: lookupsInYear })
  tellLookups(teller, living, { from: new Date(until.getTime() - 2 * day), until, count: recentLookups })
}

function tellLookups(
  teller: Teller,
  living: readonly DemoPerson[],
  span: { from: Date; until: Date; count: number },
): void {
  for (let count = 0; count < span.count; count += 1) {
    const at = officeMoment(teller.dice, span)
    const known = knownAt(teller.dice.pick(living), at)
    if (known !== null) teller.exchanges.push(lookup(requestAt(teller, at), known, { found: true }))
  }
}

function tellTrouble(teller: Teller, living: readonly DemoPerson[]): void {
  const { dice, year, cast } = teller
  for (let count = 0; count < refusedRequests; count += 1) {
    refuseAt(
      teller,
      dice.pick(living),
      officeMoment(dice, { from: new Date(year.from.getTime() + day), until: year.until }),
    )
  }
  const lately = {
    from: new Date(year.until.getTime() - 2 * day),
    until: new Date(year.until.getTime() - 600_000),
  }
  for (let count = 0; count < stillFailing; count += 1) {
    const person = dice.pick(living)
    const at = new Date(
      lately.from.getTime() + dice.share() * (lately.until.getTime() - lately.from.getTime()),
    )
    if ((person.steps.at(-1)?.at ?? at) < at) refuseAt(teller, person, at)
  }
  for (let minute = 0; minute < 80; minute += 2) {
    const at = new Date(cast.switchAt.getTime() + minute * 60_000)
    const known = knownAt(dice.pick(living), at)
    if (known !== null) teller.exchanges.push(expiredToken({ caller: cast.entra, at, dice }, known))
  }
}

function refuseAt(teller: Teller, person: DemoPerson, at: Date): void {
  const known = knownAt(person, at)
  const kind = refusals[teller.dice.weighted(refusals.map(({ weight }) => weight))]
  if (known !== null && kind !== undefined) teller.exchanges.push(kind.refuse(requestAt(teller, at), known))
}

function knownAt(person: DemoPerson, at: Date) {
  const step = person.steps.filter(done => done.at < at).at(-1)
  return step === undefined ? null : sitterAt(person, step)
}
