// The mapping that this process last saw of each organization. Writes of people check its version as they happen, so
// it need not be read before every one of them.
import type { Clock, Context } from '#server/domain/context.ts'
import { readMapping, readMappingVersion } from './read-mapping.sql.ts'
import { noMapping, type Mapping } from './rules/mapping.ts'

const kept = 200

/** One world (database) each, so that tests and servers in one process never share mappings. */
const known = new WeakMap<Clock, Map<string, Mapping>>()

type Place = Pick<Context, 'orgId' | 'clock' | 'sql'>

function mappingsOf({ clock }: Place): Map<string, Mapping> {
  const mappings = known.get(clock) ?? new Map<string, Mapping>()
  known.set(clock, mappings)
  return mappings
}

/** Costs nothing; may be out of date, which the write finds out. */
export function knownMapping(ctx: Place): Mapping {
  return mappingsOf(ctx).get(ctx.orgId) ?? noMapping
}

/**
 * Reads it anew; answers whether the one that was used is out of date. Somebody else may have renewed it meanwhile, so
 * what was known a moment ago says nothing about that.
 */
export async function renewMapping(ctx: Place, used: Mapping = knownMapping(ctx)): Promise<boolean> {
  const mapping = await readMapping(ctx.sql)
  const mappings = mappingsOf(ctx)
  mappings.delete(ctx.orgId)
  mappings.set(ctx.orgId, mapping)
  if (mappings.size > kept) mappings.delete(mappings.keys().next().value ?? '')
  return mapping.version !== used.version
}

/** The mapping as it is; a look at its version, unless it changed. */
export async function currentMapping(ctx: Place): Promise<Mapping> {
  if ((await readMappingVersion(ctx.sql)) !== knownMapping(ctx).version) await renewMapping(ctx)
  return knownMapping(ctx)
}
