// What an activity changed, setting by setting, from what was noted before and after.

export interface ActivityChange {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

type Noted = Readonly<Record<string, unknown>>

const objectOf = (value: unknown): Noted =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Noted) : {}

/** In the order they were noted; what is the same on both sides is left out. */
export function activityChanges(activity: { before: unknown; after: unknown }): ActivityChange[] {
  const before = objectOf(activity.before)
  const after = objectOf(activity.after)
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return paths
    .map(path => ({ path, before: before[path] ?? null, after: after[path] ?? null }))
    .filter(change => JSON.stringify(change.before) !== JSON.stringify(change.after))
}
