// Whether the identity provider knows a person, and of who is deleted until when they can come back.
import { shortDate } from '#web/lib/format.ts'
import type { UserRow } from './user-row.ts'

type Synced = Pick<UserRow, 'status' | 'linked' | 'userNameIsEmail' | 'purgeAt'>
type Words = (key: string, values?: Record<string, unknown>) => string

export interface SyncState {
  text: string
  icon: string
  /** Something is not as it should be. */
  warns: boolean
}

/** Who is deleted is in sync with nobody; what counts is the day until which the owner can restore them. */
export function syncState(user: Synced, t: Words): SyncState {
  if (user.status === 'DELETED') return { text: removedText(user, t), icon: 'i-lucide-trash-2', warns: false }
  if (!user.linked) return { text: t('users.notLinked'), icon: 'i-lucide-unlink', warns: true }
  if (!user.userNameIsEmail) return { text: t('users.noEmail'), icon: 'i-lucide-at-sign', warns: true }
  return { text: t('users.inSync'), icon: 'i-lucide-check', warns: false }
}

function removedText({ purgeAt }: Synced, t: Words): string {
  if (purgeAt === null) return t('users.removed')
  return t('users.removedUntil', { date: shortDate(Date.parse(purgeAt)) })
}
