// A reason for a membership as a change set keeps it.

interface Stored {
  readonly detail: Readonly<Record<string, unknown>>
  readonly grantedAt: Date
  readonly since: Date
}

interface Kept {
  readonly detail: Readonly<Record<string, unknown>>
  readonly grantedAt: string
  readonly since: string
}

/** Null where there was none. */
export function kept(source: Stored | undefined): Kept | null {
  if (source === undefined) return null
  const { detail, grantedAt, since } = source
  return { detail, grantedAt: grantedAt.toISOString(), since: since.toISOString() }
}

/** True when a reason is still what a change set made of it: then it may be undone. */
export function isStill(now: Stored | undefined, left: Kept | null): boolean {
  if (now === undefined || left === null) return now === undefined && left === null
  return now.grantedAt.toISOString() === left.grantedAt && sameDetail(now.detail, left.detail)
}

function sameDetail(one: Stored['detail'], other: Stored['detail']): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every(name => JSON.stringify(one[name]) === JSON.stringify(other[name]))
}
