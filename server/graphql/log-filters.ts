// Filters of the two logs: as a condition for the database, and as a function for lines that come in live.
import type { Prisma } from '#prisma/client.ts'
import { outcomeOf, type Outcome } from '#server/domain/provisioning-log/rules/exchange.ts'
import { uuidIn, uuidOrNobody } from './ids.ts'
import { detailOf, type EventRow, type ExchangeRow } from './log-rows.ts'
import { escapeLike } from './text.ts'

interface Common {
  readonly userId?: string | null | undefined
  readonly search?: string | null | undefined
  readonly from?: Date | null | undefined
  readonly to?: Date | null | undefined
}

export interface EventFilter extends Common {
  readonly types?: readonly string[] | null | undefined
  readonly groupId?: string | null | undefined
}

export interface ExchangeFilter extends Common {
  readonly outcomes?: readonly Outcome[] | null | undefined
  readonly methods?: readonly string[] | null | undefined
  readonly statuses?: readonly number[] | null | undefined
  readonly changedNothing?: boolean | null | undefined
}

/** Condition of an event filter; the organization is added by the caller. */
export function whereEvent(filter: EventFilter): Prisma.ProvisioningEventWhereInput {
  return {
    ...whereCommon(filter),
    ...(filter.types ? { type: { in: [...filter.types] } } : {}),
    ...(filter.groupId ? { groupId: uuidIn('Group', filter.groupId) } : {}),
    ...(filter.search
      ? {
          OR: [
            { actorName: like(filter.search) },
            {
              detail: { path: ['subject'], string_contains: escapeLike(filter.search), mode: 'insensitive' },
            },
          ],
        }
      : {}),
  }
}

/** True for events that `whereEvent` finds. */
export function matchesEvent(filter: EventFilter, event: EventRow): boolean {
  return (
    matchesCommon(filter, event) &&
    (!filter.types || filter.types.includes(event.type)) &&
    (!filter.groupId || uuidIn('Group', filter.groupId) === event.groupId) &&
    (!filter.search || contains(filter.search, [event.actorName, detailOf(event).subject]))
  )
}

const ranges: Record<Outcome, Prisma.IntFilter> = {
  succeeded: { lt: 400 },
  refused: { gte: 400, lt: 500 },
  failed: { gte: 500 },
}

/** Condition of an exchange filter; the organization is added by the caller. */
export function whereExchange(filter: ExchangeFilter): Prisma.ExchangeWhereInput {
  const every: Prisma.ExchangeWhereInput[] = []
  if (filter.outcomes) every.push(whereOutcome(filter.outcomes))
  if (filter.search) every.push({ OR: searched(filter.search) })
  return {
    ...whereCommon(filter),
    ...(filter.methods ? { method: { in: filter.methods.map(method => method.toUpperCase()) } } : {}),
    ...(filter.statuses ? { status: { in: [...filter.statuses] } } : {}),
    ...(typeof filter.changedNothing === 'boolean' ? { changedNothing: filter.changedNothing } : {}),
    AND: every,
  }
}

/** An empty list is fulfilled by nothing; Prisma would take it for no condition. */
function whereOutcome(outcomes: readonly Outcome[]): Prisma.ExchangeWhereInput {
  if (outcomes.length === 0) return { status: { in: [] } }
  return { OR: outcomes.map(outcome => ({ status: ranges[outcome] })) }
}

function searched(search: string): Prisma.ExchangeWhereInput[] {
  const text = like(search)
  return [
    { path: text },
    { query: text },
    { summary: text },
    { client: text },
    { tokenName: text },
    { id: uuidOrNobody(search.toLowerCase()) },
  ]
}

/** True for exchanges that `whereExchange` finds. */
export function matchesExchange(filter: ExchangeFilter, exchange: ExchangeRow): boolean {
  return (
    matchesCommon(filter, exchange) &&
    isAmong(filter.outcomes, outcomeOf(exchange.status)) &&
    isAmong(
      filter.methods?.map(method => method.toUpperCase()),
      exchange.method,
    ) &&
    isAmong(filter.statuses, exchange.status) &&
    (typeof filter.changedNothing !== 'boolean' || filter.changedNothing === exchange.changedNothing) &&
    (!filter.search || matchesSearch(filter.search, exchange))
  )
}

/** True when nothing in particular is wanted, too. */
function isAmong<Value>(wanted: readonly Value[] | null | undefined, value: Value): boolean {
  return !wanted || wanted.includes(value)
}

function matchesSearch(search: string, exchange: ExchangeRow): boolean {
  const { path, query, summary, client, tokenName, id } = exchange
  return contains(search, [path, query, summary, client, tokenName]) || id === search.toLowerCase()
}

function whereCommon({ userId, from, to }: Common) {
  const range = { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) }
  return {
    ...(userId ? { userId: uuidIn('User', userId) } : {}),
    ...(from || to ? { occurredAt: range } : {}),
  }
}

function matchesCommon(filter: Common, line: { userId: string | null; occurredAt: Date }): boolean {
  const { userId, from, to } = filter
  if (userId && uuidIn('User', userId) !== line.userId) return false
  return (!from || line.occurredAt >= from) && (!to || line.occurredAt < to)
}

function like(search: string) {
  return { contains: escapeLike(search), mode: 'insensitive' as const }
}

function contains(search: string, texts: readonly (string | null | undefined)[]): boolean {
  const wanted = search.toLowerCase()
  return texts.some(text => text?.toLowerCase().includes(wanted) === true)
}
