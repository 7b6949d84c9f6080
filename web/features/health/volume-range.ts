// How far back the chart of the overview goes, and whether it shows numbers or shares: as both stand in the address.
import { oneOf, textIn, type RawQuery } from '#web/lib/query-text.ts'

export const ranges = ['24h', '7d', '30d'] as const
export type VolumeRange = (typeof ranges)[number]
export const views = ['requests', 'share'] as const
export type VolumeView = (typeof views)[number]

export const hoursOf: Record<VolumeRange, number> = { '24h': 24, '7d': 168, '30d': 720 }

/** What the address does not say is the shortest range, in numbers. */
export function rangeIn(query: RawQuery): { range: VolumeRange; view: VolumeView } {
  return {
    range: oneOf(textIn(query, 'range'), ranges, '24h'),
    view: oneOf(textIn(query, 'chart'), views, 'requests'),
  }
}
