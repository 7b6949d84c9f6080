// A small organization whose people wait to be moved, and what its owner does with the mapping.
import { previewGroupMapping } from '#server/domain/group-mappings/preview-group-mapping.ts'
import { saveGroupMapping, type MappingSaved } from '#server/domain/group-mappings/save-group-mapping.ts'
import type { MappingDraft } from '#server/domain/group-mappings/rules/draft.ts'
import type { World } from '#server/world.ts'
import { newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'
import { carrying, draft, groupsOf, makeGroups } from './placing.ts'

export interface Cast {
  readonly org: TestOrganization
  readonly groups: Record<'Sales' | 'Ops', string>
  /** Three who carry Sales, then two who carry Ops. */
  readonly people: readonly string[]
  /** Both values with their groups, for everybody. */
  readonly both: () => MappingDraft
  /** Answers the fingerprint. */
  readonly preview: (wanted: MappingDraft) => Promise<string>
  readonly save: (
    wanted: MappingDraft,
    fingerprint: string | null,
    version?: number | null,
  ) => Promise<MappingSaved>
  readonly placesOf: () => Promise<string[][]>
}

export async function newCast(world: World): Promise<Cast> {
  const org = await newOrganization(world)
  const { ctx } = org.owner
  const groups = await makeGroups(ctx, ['Sales', 'Ops'])
  const people: string[] = []
  for (const value of ['Sales', 'Sales', 'Sales', 'Ops', 'Ops']) {
    people.push((await newPerson(org.scim, carrying(value))).id)
  }
  return {
    org,
    groups,
    people,
    both: () => draft({ Sales: groups.Sales, Ops: groups.Ops }, { apply: true }),
    preview: async wanted => (await previewGroupMapping(ctx, wanted)).fingerprint,
    save: (wanted, fingerprint, version = null) =>
      saveGroupMapping(ctx, { draft: wanted, fingerprint, version }),
    placesOf: () => Promise.all(people.map(id => groupsOf(org.scim, id))),
  }
}

/** Code and words of a refusal; \`went through\` when there was none. */
export async function refused(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await work.then(
    () => ({ code: 'went through', message: '' }),
    (reason: unknown) => reason as { code: string; message: string },
  )
  return { code: error.code, message: error.message }
}

export const inSales = ['Sales: mapping Sales']
export const inOps = ['Ops: mapping Ops']
