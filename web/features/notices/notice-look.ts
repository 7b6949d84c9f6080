// A notice as a person reads it: how urgent it is, in which words, and where it is mended.
import type { ResultOf } from '#web/graphql/graphql.ts'
import type { NoticesQuery } from './documents.ts'

export type Notice = NonNullable<ResultOf<typeof NoticesQuery>['organization']>['notices']['nodes'][number]

const day = 86_400_000
const places = {
  SCIM_TOKEN: '/login/provisioning',
  OAUTH_SECRET: '/login/provisioning',
  CERTIFICATE: '/login/single-sign-on',
  API_KEY: '/api-keys',
} as const

type Words = (key: string, values: Record<string, unknown>, plural: number) => string

/** Holds, and was not put away. */
export function isOpen(notice: Notice): boolean {
  return notice.resolvedAt === null && notice.dismissedAt === null
}

/** The end has come: told, or a moment ago. */
export function isOver(notice: Notice, now: number): boolean {
  return notice.daysBefore === 0 || Date.parse(notice.expiresAt) <= now
}

/** Those that are open: what has ended first, then what ends soonest. */
export function openNotices(notices: readonly Notice[]): Notice[] {
  return notices.filter(isOpen).sort((one, other) => Date.parse(one.expiresAt) - Date.parse(other.expiresAt))
}

/** Where it is mended. */
export function placeOf({ kind }: Notice): string {
  return places[kind]
}

/** For example `The SCIM token “Okta” expires in 6 days.`, as of now. */
export function titleOf(notice: Notice, now: number, t: Words): string {
  const days = Math.max(0, Math.floor((Date.parse(notice.expiresAt) - now) / day))
  const values = { name: notice.subjectName, days }
  const when = isOver(notice, now) ? 'over' : 'soon'
  return t(`notices.${when}.${notice.kind}`, values, days)
}

/** What an earlier notice said when it came. */
export function pastTitleOf(notice: Notice, t: Words): string {
  const days = notice.daysBefore
  return t(`notices.${days === 0 ? 'over' : 'soon'}.${notice.kind}`, { name: notice.subjectName, days }, days)
}
