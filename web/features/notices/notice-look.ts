// A notice as a person reads it: how urgent it is, in which words, and where it is mended.
import type { ResultOf } from '#web/graphql/graphql.ts'
import { wholeNumber } from '#web/lib/format.ts'
import type { NoticesQuery } from './documents.ts'

export type Notice = NonNullable<ResultOf<typeof NoticesQuery>['organization']>['notices']['nodes'][number]

const day = 86_400_000
const places = {
  SCIM_TOKEN: '/login/provisioning',
  OAUTH_SECRET: '/login/provisioning',
  CERTIFICATE: '/login/single-sign-on',
  API_KEY: '/api-keys',
  SEATS_LOW: '/billing',
  SEATS_FULL: '/billing',
  SILENCE: '/',
} as const

type Words = (key: string, values: Record<string, unknown>, plural: number) => string

/** Holds, and was not put away. */
export function isOpen(notice: Notice): boolean {
  return notice.resolvedAt === null && notice.dismissedAt === null
}

/** It is so already: what ends has ended, no seat is free, nobody calls. */
export function isOver({ kind, daysBefore, expiresAt }: Notice, now: number): boolean {
  if (expiresAt === null) return kind !== 'SEATS_LOW'
  return daysBefore === 0 || Date.parse(expiresAt) <= now
}

/** Those that are open: what is so already, then what comes soonest; seats that run out have no date and come last. */
export function openNotices(notices: readonly Notice[]): Notice[] {
  return notices.filter(isOpen).sort((one, other) => urgencyOf(one) - urgencyOf(other))
}

function urgencyOf({ kind, expiresAt, beganAt }: Notice): number {
  if (kind === 'SEATS_LOW') return Number.MAX_SAFE_INTEGER
  return Date.parse(expiresAt ?? beganAt ?? '')
}

/** Where it is mended. */
export function placeOf({ kind }: Notice): string {
  return places[kind]
}

/** For example `The SCIM token “Okta” expires in 6 days.`, as of now. */
export function titleOf(notice: Notice, now: number, t: Words): string {
  if (notice.expiresAt === null) return lastingTitle(notice, t)
  const days = Math.max(0, Math.floor((Date.parse(notice.expiresAt) - now) / day))
  const values = { name: notice.subjectName, days }
  const when = isOver(notice, now) ? 'over' : 'soon'
  return t(`notices.${when}.${notice.kind}`, values, days)
}

/** What an earlier notice said when it came. */
export function pastTitleOf(notice: Notice, t: Words): string {
  const days = notice.daysBefore
  if (days === null) return lastingTitle(notice, t)
  return t(`notices.${days === 0 ? 'over' : 'soon'}.${notice.kind}`, { name: notice.subjectName, days }, days)
}

/** Of what has no end: the same as long as it lasts and afterwards. */
function lastingTitle({ kind, subjectName }: Notice, t: Words): string {
  const count = Number(subjectName)
  return t(`notices.lasting.${kind}`, { name: subjectName, count: wholeNumber(count) }, count || 1)
}
