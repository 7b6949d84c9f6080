// SCIM requests an hour, for the chart.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'

export interface VolumeBucket {
  readonly from: Date
  readonly succeeded: number
  readonly refused: number
  readonly failed: number
}

const hour = 3_600_000
const longest = 31 * 24

/** One bucket an hour, oldest first, the present hour last; empty hours included. `hours` is 1 to 744. */
export async function readVolume(ctx: Context, input: { hours: number }): Promise<VolumeBucket[]> {
  demand(ctx.actor, 'provisioning:read')
  const count = Math.min(Math.max(Math.trunc(input.hours), 1), longest)
  const present = Math.floor(ctx.clock.now().getTime() / hour) * hour
  const starts = Array.from({ length: count }, (_, index) => new Date(present - (count - 1 - index) * hour))
  const rows = await ctx.db.exchangeHour.findMany({
    where: { orgId: ctx.orgId, hour: { gte: starts[0] ?? new Date(present) } },
  })
  const known = new Map(rows.map(row => [row.hour.getTime(), row]))
  return starts.map(from => {
    const { succeeded, refused, failed } = known.get(from.getTime()) ?? {
      succeeded: 0,
      refused: 0,
      failed: 0,
    }
    return { from, succeeded, refused, failed }
  })
}
