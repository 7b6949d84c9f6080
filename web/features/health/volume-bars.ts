// Turns the hours the server counts into the bars of the chart.

export interface VolumeBucket {
  from: string
  succeeded: number
  refused: number
  failed: number
}
export interface VolumeBar {
  /** Milliseconds since 1970; `to` is the first moment after the bar. */
  from: number
  to: number
  parts: number[]
}

const hour = 3_600_000

function dayOf(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0)
}

/** One bar per hour, or one per day of the reader's zone when `daily`. */
export function volumeBars(buckets: readonly VolumeBucket[], daily: boolean): VolumeBar[] {
  const bars = new Map<number, VolumeBar>()
  for (const bucket of buckets) {
    const start = Date.parse(bucket.from)
    const key = daily ? dayOf(start) : start
    const bar = bars.get(key) ?? { from: start, to: start, parts: [0, 0, 0] }
    const counts = [bucket.succeeded, bucket.refused, bucket.failed]
    bars.set(key, {
      from: bar.from,
      to: start + hour,
      parts: bar.parts.map((value, index) => value + (counts[index] ?? 0)),
    })
  }
  return [...bars.values()]
}

/** Each part as a share of the bar, 0 to 1; a time without requests has none. */
export function sharesOf(parts: readonly number[]): number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0)
  return parts.map(part => (whole === 0 ? 0 : part / whole))
}

/** What all bars hold together. */
export function totalOf(bars: readonly VolumeBar[]): { requests: number; succeeded: number } {
  const requests = bars.flatMap(bar => bar.parts).reduce((sum, part) => sum + part, 0)
  return { requests, succeeded: bars.reduce((sum, bar) => sum + (bar.parts[0] ?? 0), 0) }
}
