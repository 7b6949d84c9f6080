// One line of the feed or the log, whether it comes from an event or from a request.
import type { ResultOf } from '#web/graphql/graphql.ts'
import type { Tone } from '#web/ui/tone.ts'
import type { EventRowFields, ExchangeDetailFields, ExchangeRowFields } from './documents.ts'

export type ExchangeRow = ResultOf<typeof ExchangeRowFields>
export type EventRow = ResultOf<typeof EventRowFields>
export type ExchangeDetail = ResultOf<typeof ExchangeDetailFields>
export type Outcome = ExchangeRow['outcome']

/** The call a line belongs to; events by hand have none. */
export interface Call {
  method: string
  path: string
  status: number
  durationMs: number
}

export interface Line {
  id: string
  /** Decimal text, possibly beyond 2^53; greater is later. */
  sequence: string
  cursor: string
  /** Milliseconds since 1970. */
  at: number
  text: string
  /** Key of the word for the result. */
  result: string
  tone: Tone
  icon: string
  call: Call | null
  /** How many equal requests this line stands for. */
  times: number
}

const byOutcome: Record<Outcome, { tone: Tone; icon: string }> = {
  SUCCEEDED: { tone: 'success', icon: 'i-lucide-circle-check' },
  REFUSED: { tone: 'warning', icon: 'i-lucide-circle-slash' },
  FAILED: { tone: 'error', icon: 'i-lucide-circle-x' },
}

const byVerb: Record<string, { tone: Tone; icon: string }> = {
  created: { tone: 'success', icon: 'i-lucide-user-plus' },
  updated: { tone: 'idle', icon: 'i-lucide-pencil' },
  activated: { tone: 'success', icon: 'i-lucide-log-in' },
  deactivated: { tone: 'warning', icon: 'i-lucide-user-minus' },
  reactivated: { tone: 'success', icon: 'i-lucide-user-check' },
  deleted: { tone: 'error', icon: 'i-lucide-trash-2' },
  restored: { tone: 'success', icon: 'i-lucide-undo-2' },
  purged: { tone: 'error', icon: 'i-lucide-eraser' },
}
const byType: Record<string, { tone: Tone; icon: string }> = {
  'group.member_added': { tone: 'success', icon: 'i-lucide-log-in' },
  'group.member_removed': { tone: 'warning', icon: 'i-lucide-log-out' },
}
const byNoun: Record<string, string> = {
  group: 'i-lucide-users-round',
  group_mapping: 'i-lucide-arrow-left-right',
  managed_event: 'i-lucide-calendar-check',
  scim_token: 'i-lucide-key-round',
}

/** The colour and icon of what happened, as far as its kind is known. */
function eventLook(type: string): { tone: Tone; icon: string } {
  const [noun = '', verb = ''] = type.split('.')
  const known = noun === 'user' ? byVerb[verb] : byType[type]
  return known ?? { tone: 'info', icon: byNoun[noun] ?? 'i-lucide-settings-2' }
}

/** Answered well, and yet nothing is different: what an admin looks for when a change does not arrive. */
const unchanged = { tone: 'idle' as const, icon: 'i-lucide-circle-dashed' }

/** The colour and icon of a request's outcome. */
export const outcomeLook = (outcome: Outcome) => byOutcome[outcome]

/** A request as a line. */
export function lineOfExchange(row: ExchangeRow): Line {
  const { id, sequence, cursor, method, path, query, status, durationMs } = row
  return {
    id,
    sequence,
    cursor,
    at: Date.parse(row.occurredAt),
    text: row.summary,
    result: `provisioning-log.outcomes.${row.changedNothing ? 'UNCHANGED' : row.outcome}`,
    ...(row.changedNothing ? unchanged : byOutcome[row.outcome]),
    call: { method, path: query ? `${path}?${query}` : path, status, durationMs },
    times: 1,
  }
}

/** An event as a line. */
export function lineOfEvent(row: EventRow): Line {
  const { id, sequence, cursor, exchange } = row
  return {
    id,
    sequence,
    cursor,
    at: Date.parse(row.occurredAt),
    text: row.sentence,
    result: row.type,
    ...eventLook(row.type),
    call: exchange && {
      method: exchange.method,
      path: exchange.path,
      status: exchange.status,
      durationMs: exchange.durationMs,
    },
    times: 1,
  }
}
