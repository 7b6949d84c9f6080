// The cards of the overview: what each says, where it leads, and when it warns.
import type { RouteLocationRaw } from 'vue-router'
import { duration, percent, relativeTime, shortDate, wholeNumber } from '#web/lib/format.ts'
import { providerName } from './provider-name.ts'
import type { Health } from './use-live-health.ts'

/** Null is what could not be read. */
export interface CardFacts {
  health: Health | null
  seats: { total: number | null; used: number; reserved: number; free: number | null } | null
  /** Of single sign-on; the one that lasts longest counts. */
  certificates: readonly { daysLeft: number; validTo: string }[] | null
  /** People whose value leads to no group; null where nobody can tell. */
  unmapped: number | null
}

export interface Card {
  key: 'lastContact' | 'success' | 'seats' | 'token' | 'certificate' | 'unmatched' | 'notLinked' | 'unmapped'
  icon: string
  to: RouteLocationRaw
  value: string
  hint: string
  warn?: boolean
}

type Words = (key: string, values?: Record<string, unknown>, plural?: number) => string

const day = 86_400_000
const warnFrom = 30

const places = {
  lastContact: '/log',
  success: '/log',
  seats: '/users',
  unmatched: '/users?linked=no',
  token: '/login/provisioning',
  certificate: '/login/single-sign-on',
}

/** In the order of reading; a card whose number could not be read says so. `now` in milliseconds since 1970. */
export function cardsOf(facts: CardFacts, now: number, t: Words): Card[] {
  const { health, seats, certificates, unmapped } = facts
  const lost = (key: keyof typeof places): Card => ({
    key,
    icon: 'i-lucide-triangle-alert',
    to: places[key],
    value: '–',
    hint: t('ui.failedTitle'),
  })
  return [
    health ? contactCard(health, now, t) : lost('lastContact'),
    health ? successCard(health, now, t) : lost('success'),
    seats ? seatsCard({ ...seats, waiting: health?.waitingForSeat ?? 0 }, now, t) : lost('seats'),
    health ? unmatchedCard(health, unmapped, t) : lost('unmatched'),
    health ? tokenCard(health, t) : lost('token'),
    certificates ? certificateCard(certificates, t) : lost('certificate'),
  ]
}

function contactCard(health: Health, now: number, t: Words): Card {
  const { lastContactAt: at, lastContact: call } = health
  const look = { key: 'lastContact', icon: 'i-lucide-refresh-cw' } as const
  if (!at) {
    return {
      ...look,
      to: '/login/provisioning#guide',
      value: t('health.noContact'),
      hint: t('health.noContactHint'),
    }
  }
  const words = call ? [providerName(call, t), call.method, String(call.status)] : []
  return {
    ...look,
    to: '/log',
    value: relativeTime(Date.parse(at), now),
    hint: words.join(' · '),
    warn: health.state === 'SILENT',
  }
}

function successCard(health: Health, now: number, t: Words): Card {
  const { successShare: share, requestsLast24Hours: count, p95Milliseconds: slow } = health
  // To the minute, so that the link does not change while one reads it.
  const from = new Date(Math.floor((now - day) / 60_000) * 60_000).toISOString()
  const query = share === 1 || share === null ? { from } : { outcome: 'refused,failed', from }
  const look = { key: 'success', icon: 'i-lucide-activity', to: { path: '/log', query } } as const
  if (share === null) return { ...look, value: '–', hint: t('health.noRequests') }
  const words = [
    t('health.requests', { count: wholeNumber(count) }),
    ...(slow === null ? [] : [t('health.p95', { time: duration(slow) })]),
  ]
  return { ...look, value: percent(share), hint: words.join(' · '), warn: share < 0.8 }
}

type Seats = NonNullable<CardFacts['seats']> & { waiting: number }

function seatsCard({ total, used, reserved, free, waiting }: Seats, now: number, t: Words): Card {
  const look = { key: 'seats', icon: 'i-lucide-armchair' } as const
  const held = t('health.seatsReserved', { count: wholeNumber(reserved) })
  if (total === null) {
    const hint = `${t('health.seatsUnlimited')} · ${held}`
    return { ...look, to: '/users', value: wholeNumber(used), hint }
  }
  const value = t('health.seatsOf', { used: wholeNumber(used), total: wholeNumber(total) })
  const warn = used + reserved >= total * 0.9
  if (waiting > 0) {
    const from = new Date(Math.floor((now - 7 * day) / 60_000) * 60_000).toISOString()
    const to = { path: '/log', query: { q: 'No free seat', status: '403', from } }
    return {
      ...look,
      to,
      value,
      warn,
      hint: t('health.seatsWaiting', { count: wholeNumber(waiting) }, waiting),
    }
  }
  const hint = `${t('health.seatsFree', { free: wholeNumber(free ?? 0) })} · ${held}`
  return { ...look, to: warn ? '/billing' : '/users', value, warn, hint }
}

/** Who is on both lists would count twice in a sum: the card counts the longer list and names the other one. */
function unmatchedCard(health: Health, unmapped: number | null, t: Words): Card {
  const counts = { notLinked: health.notLinked, unmapped: unmapped ?? 0 }
  const icon = 'i-lucide-user-round-search'
  const [most, other, to] =
    counts.unmapped > counts.notLinked
      ? (['unmapped', 'notLinked', '/mapping'] as const)
      : (['notLinked', 'unmapped', '/users?linked=no'] as const)
  const value = wholeNumber(counts[most])
  if (counts[most] === 0) return { key: 'unmatched', icon, to, value, hint: t('health.unmatchedNone') }
  const also = t(`health.also.${other}`, { count: wholeNumber(counts[other]) })
  return { key: most, icon, to, value, hint: counts[other] > 0 ? also : t(`health.hints.${most}`) }
}

function tokenCard({ token, tokenDaysLeft: days, canCall }: Health, t: Words): Card {
  const warn = (days ?? 365) <= warnFrom
  const look = { key: 'token', icon: 'i-lucide-key-round', to: '/login/provisioning' } as const
  const value = days === null ? t('health.tokenNever') : t('health.tokenDays', { days }, days)
  if (!token && canCall) return { ...look, warn, value, hint: t('health.oauthClient') }
  if (!token) return { ...look, warn: true, value: t('health.tokenNone'), hint: t('health.tokenNoneHint') }
  const end = token.expiresAt === null ? [] : [shortDate(Date.parse(token.expiresAt))]
  return { ...look, warn, value, hint: [token.name, ...end].join(' · ') }
}

function certificateCard(certificates: NonNullable<CardFacts['certificates']>, t: Words): Card {
  const [last] = [...certificates].sort((one, other) => other.daysLeft - one.daysLeft)
  const look = { key: 'certificate', icon: 'i-lucide-file-badge', to: '/login/single-sign-on' } as const
  if (last === undefined)
    return { ...look, value: t('health.certificateNone'), hint: t('health.certificateNoneHint') }
  const days = last.daysLeft
  return {
    ...look,
    warn: days <= warnFrom,
    value: days < 0 ? t('health.certificateOver') : t('health.tokenDays', { days }, days),
    hint: shortDate(Date.parse(last.validTo)),
  }
}
