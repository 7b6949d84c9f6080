// A test organization's groups, mapping and memberships, as plain texts that read well in an assertion.
import type { Context } from '#server/domain/context.ts'
import { previewGroupMapping } from '#server/domain/group-mappings/preview-group-mapping.ts'
import { saveGroupMapping, type MappingSaved } from '#server/domain/group-mappings/save-group-mapping.ts'
import type { DraftRow, GroupChoice, MappingDraft } from '#server/domain/group-mappings/rules/draft.ts'
import { insertGroup } from '#server/domain/groups/store-group.sql.ts'
import { jobSteps } from '#server/domain/jobs/job-steps.ts'
import { workOffJobs } from '#server/domain/jobs/work-off-jobs.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { transactSql } from '#server/domain/transact.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import { urn, type Json, type Resource } from '#server/scim/index.ts'
import { systemActor } from '#server/housekeeping.ts'

/** Groups by name. */
export async function makeGroups<Name extends string>(
  ctx: Context,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const made = names.map(name => [name, ctx.clock.newId()] as const)
  await transactSql(ctx, async tx => {
    const now = tx.clock.now()
    for (const [displayName, id] of made) {
      const dates = { linkedAt: null, createdAt: now, lastModified: now }
      await insertGroup(tx.sql, { id, displayName, externalId: null, version: 1, ...dates })
    }
  })
  return Object.fromEntries(made) as Record<Name, string>
}

/** `{ Sales: id }` as rows; `new:Name` stands for a group to be made. */
export function draft(
  rows: Readonly<Record<string, string>>,
  other: { defaultGroup?: string; apply?: boolean; enabled?: boolean } = {},
): MappingDraft {
  const choice = (group: string): GroupChoice =>
    group.startsWith('new:') ? { newGroup: group.slice(4) } : { groupId: group }
  return {
    enabled: other.enabled ?? true,
    applyToExisting: other.apply ?? false,
    rows: Object.entries(rows).map(([value, group]): DraftRow => ({ value, group: choice(group) })),
    defaultGroup: other.defaultGroup === undefined ? null : choice(other.defaultGroup),
  }
}

/** Previews, saves, and works the job off if there is one. */
export async function saveAndApply(ctx: Context, wanted: MappingDraft): Promise<MappingSaved> {
  const { fingerprint } = await previewGroupMapping(ctx, wanted)
  const saved = await saveGroupMapping(ctx, { draft: wanted, fingerprint, version: null })
  await workOff(ctx)
  return saved
}

export async function workOff(ctx: Context): Promise<void> {
  await workOffJobs({ ...ctx, actor: systemActor }, { steps: jobSteps })
}

/** A document that carries a value, or several, in the group attribute. */
export function carrying(value: string | readonly string[] | null, other: Resource = {}): Resource {
  if (value === null) return other
  return { ...other, [urn.calendlyUser]: { group: typeof value === 'string' ? value : [...value] } }
}

/** What an identity provider does to a person; undefined leaves a part as it is. */
export async function send(
  scim: Context,
  userId: string,
  what: { value?: string | readonly string[] | null; active?: boolean; title?: string },
): Promise<void> {
  await reviseUser(scim, {
    userId,
    settings: provisioningSettings({}),
    revise: current => {
      const { [urn.calendlyUser]: _before, ...rest } = current.document
      const kept = what.value === undefined ? current.document : carrying(what.value, rest)
      const document: Record<string, Json> = what.title === undefined ? kept : { ...kept, title: what.title }
      return { document, active: what.active ?? current.active }
    },
  })
}

/** `Sales: mapping Sales + manual`, one line a group, in order of names. */
export async function groupsOf(ctx: Context, userId: string): Promise<string[]> {
  const memberships = await ctx.db.membership.findMany({ where: { orgId: ctx.orgId, userId } })
  const groups = await ctx.db.group.findMany({ where: { orgId: ctx.orgId } })
  const sources = await ctx.db.membershipSource.findMany({
    where: { orgId: ctx.orgId, userId },
    orderBy: { kind: 'asc' },
  })
  const lines = memberships.map(({ groupId }) => {
    const given = sources.filter(source => source.groupId === groupId)
    const reasons = given.map(({ kind, detail }) => {
      const value = (detail as { value?: string }).value
      return value === undefined ? kind : `${kind} ${value}`
    })
    return `${groups.find(({ id }) => id === groupId)?.displayName ?? 'No group'}: ${reasons.join(' + ')}`
  })
  return lines.sort()
}

/** Every membership with every reason to the last detail, for comparison of before and after. */
export async function everyMembership(ctx: Context): Promise<unknown[]> {
  const where = { orgId: ctx.orgId }
  const memberships = await ctx.db.membership.findMany({
    where,
    orderBy: [{ groupId: 'asc' }, { userId: 'asc' }],
  })
  const sources = await ctx.db.membershipSource.findMany({
    where,
    orderBy: [{ groupId: 'asc' }, { userId: 'asc' }, { kind: 'asc' }],
  })
  return [...memberships, ...sources]
}

/** The sentences of the log since a number. */
export async function eventsSince(ctx: Context, sequence: bigint) {
  return ctx.db.provisioningEvent.findMany({
    where: { orgId: ctx.orgId, sequence: { gt: sequence } },
    orderBy: { sequence: 'asc' },
  })
}
