// Everybody with what a mapping would do to them, as CSV, a piece at a time.
import { demand } from '#server/domain/actor.ts'
import type { Context, Statement } from '#server/domain/context.ts'
import { previewGroupMapping } from '#server/domain/group-mappings/preview-group-mapping.ts'
import type { PreparedDraft } from '#server/domain/group-mappings/prepare-draft.ts'
import type { MappingDraft } from '#server/domain/group-mappings/rules/draft.ts'
import { plan } from '#server/domain/group-mappings/rules/plan.ts'
import { placed } from '#server/domain/group-mappings/rules/placement.ts'
import { kindOf } from '#server/domain/group-mappings/rules/plan-summary.ts'
import { planReason } from '#server/domain/group-mappings/rules/reason.ts'
import { readSourcesOf, type SourceRow } from '#server/domain/memberships/read-sources.sql.ts'
import { noteExport } from './note-export.ts'
import { csvLine } from './rules/csv.ts'

const atOnce = 1_000

interface Found {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly status: string
  readonly values: readonly string[]
}

const next: Statement = {
  name: 'people-to-tell',
  text: `SELECT u.id, u.display_name AS name, u.email, u.status, u.identity_provider_groups AS values FROM users u
    WHERE u.org_id = $1 AND u.deleted_at IS NULL AND ($2::uuid IS NULL OR u.id > $2::uuid) ORDER BY u.id LIMIT $3::int`,
}
const groups: Statement = {
  text: 'SELECT id, display_name AS name FROM groups WHERE org_id = $1',
}

/** Pieces of the text, a thousand people each; whoever takes them sets the pace. Throws like the preview. */
export async function* exportMappingPreview(
  ctx: Context,
  input: { read: () => MappingDraft },
): AsyncGenerator<string, void> {
  demand(ctx.actor, 'users:read')
  const { draft } = await previewGroupMapping(ctx, input.read())
  await noteExport(ctx, { what: 'group_mapping_preview', filter: {} })
  yield csvLine(previewHead)
  yield* pieces(ctx, draft)
}

/** First line of files that tell what happens to whom. */
export const previewHead = [
  'Name',
  'Email',
  'Status',
  'Identity Provider Group',
  'Change',
  'From',
  'To',
  'Reason',
]

async function* pieces(ctx: Context, draft: PreparedDraft): AsyncGenerator<string, void> {
  const known = await ctx.sql.run<{ id: string; name: string }>(groups, [])
  const names = new Map([...known.map(({ id, name }) => [id, name] as const), ...draft.names])
  for (let after: string | null = null; ;) {
    const people: Found[] = await ctx.sql.run<Found>(next, [after, atOnce])
    const sources = await readSourcesOf(ctx.sql, people)
    yield people
      .map(person => lineOf(person, { sources: sources.get(person.id) ?? [], draft, names }))
      .join('')
    after = people.at(-1)?.id ?? null
    if (people.length < atOnce) return
  }
}

interface About {
  readonly sources: readonly SourceRow[]
  readonly draft: PreparedDraft
  readonly names: ReadonlyMap<string, string>
}

function lineOf(found: Found, { sources, draft, names }: About): string {
  const { mapping } = draft
  const person = placed(sources, { values: found.values, frozen: found.status === 'deactivated' })
  const decided = plan(person, mapping)
  const kept = person.sources.filter(source => !decided.takes.includes(source))
  const told = (of: readonly { groupId: string }[]): string =>
    [...new Set(of.map(({ groupId }) => names.get(groupId) ?? ''))].sort().join('; ')
  return csvLine([
    found.name,
    found.email,
    found.status,
    found.values.join('; '),
    kindOf(decided),
    told(person.sources),
    told([...kept, ...decided.gives]),
    planReason(person, decided, mapping),
  ])
}
