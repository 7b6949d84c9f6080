// What each attribute would yield as the source of values, from the people who came last.
import { demand } from '#server/domain/actor.ts'
import type { Context, Statement } from '#server/domain/context.ts'
import type { Resource } from '#server/scim/index.ts'
import { matchKeys } from './rules/match-key.ts'
import { sourceAttribute, usualAttributes, valuesAt } from './rules/source-attribute.ts'

const looked = 1_000
const shown = 8

const latest: Statement = {
  text: `SELECT u.document FROM users u WHERE u.org_id = $1 AND u.deleted_at IS NULL ORDER BY u.id DESC LIMIT $2::int`,
}

export interface AttributeSample {
  /** Canonical path. */
  readonly attribute: string
  /** People looked at, and those of them who carry a value. */
  readonly looked: number
  readonly withValue: number
  /** Different values among them. */
  readonly different: number
  /** The most frequent ones. */
  readonly values: readonly { readonly value: string; readonly people: number }[]
}

/** Samples of the usual attributes, the one in use and, when it is one, the one asked for. */
export async function sampleSourceAttributes(
  ctx: Context,
  input: { also: readonly string[] },
): Promise<AttributeSample[]> {
  demand(ctx.actor, 'mappings:read')
  const rows = await ctx.sql.run<{ document: Resource }>(latest, [looked])
  const also = input.also.flatMap(text => sourceAttribute(text) ?? [])
  const attributes = [...new Set([...usualAttributes, ...also])]
  return attributes.map(attribute => sampleOf(attribute, rows))
}

function sampleOf(attribute: string, rows: readonly { document: Resource }[]): AttributeSample {
  const counts = new Map<string, number>()
  let withValue = 0
  for (const { document } of rows) {
    const keys = matchKeys(valuesAt(document, attribute))
    if (keys.length > 0) withValue += 1
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const values = [...counts].map(([value, people]) => ({ value, people }))
  values.sort((one, other) => other.people - one.people || (one.value < other.value ? -1 : 1))
  return { attribute, looked: rows.length, withValue, different: counts.size, values: values.slice(0, shown) }
}
