// Saves the group mapping: all of it or nothing, and nothing when it would do something else than was previewed.
import type { Prisma } from '#prisma/client.ts'
import { authorOf, demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { insertGroup } from '#server/domain/groups/store-group.sql.ts'
import { groupNameTaken } from '#server/domain/groups/rules/refusals.ts'
import { findMappingJob, insertJob } from '#server/domain/jobs/jobs.sql.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { demandMapping } from './demand-mapping.ts'
import { difference, previewedVersion } from './fingerprint.ts'
import { renewMapping } from './known-mapping.ts'
import { prepareDraft, type PreparedDraft } from './prepare-draft.ts'
import { readClasses } from './read-classes.sql.ts'
import { readMapping, readMappingVersion } from './read-mapping.sql.ts'
import type { MappingDraft } from './rules/draft.ts'
import type { Mapping } from './rules/mapping.ts'
import { summarize } from './rules/plan-summary.ts'
import { mappingBusy, stalePreview } from './rules/refusals.ts'
import { isApplied, shownBy } from './shown-preview.ts'
import { storedMapping, type StoredMapping } from './rules/stored-mapping.ts'
import { lockMapping, writeRows } from './write-mapping.sql.ts'

export interface SaveGroupMappingInput {
  readonly draft: MappingDraft
  /** Of the preview that was shown; needed when existing people are to be moved. */
  readonly fingerprint: string | null
  /** The version that the draft was made from; instead of a fingerprint when nobody is to be moved. */
  readonly version: number | null
}

export interface MappingSaved {
  readonly changeSetId: string
  /** The job that moves existing people; null when none are to be moved. */
  readonly jobId: string | null
}

/**
 * Groups to be made are made, rows written, and a job begun when existing people are to be moved. Throws
 * `group-mappings/stale-preview`, `group-mappings/busy`, `group-mappings/bad-input`, `group-mappings/preview-first`,
 * `groups/name-taken`, `organizations/not-in-plan`.
 */
export async function saveGroupMapping(ctx: Context, input: SaveGroupMappingInput): Promise<MappingSaved> {
  demand(ctx.actor, 'mappings:write')
  await demandMapping(ctx)
  // First of all: the groups that somebody else has made meanwhile are no fault of this draft.
  demandSameVersion(input, await readMappingVersion(ctx.sql))
  const previewed = await prepareDraft(ctx.sql, input.draft)
  // Whoever saved in between was not seen either; from here on the lock finds out.
  demandSameVersion(input, previewed.mapping.version)
  await demandAsPreviewed(ctx, { ...input, previewed })
  try {
    const saved = await transact(ctx, tx => save(tx, { draft: input.draft, previewed }))
    await renewMapping(ctx)
    return saved
  } catch (error) {
    throw isDuplicate(error) ? groupNameTaken([...previewed.newGroups.values()].join(', ')) : error
  }
}

interface Asked extends SaveGroupMappingInput {
  readonly previewed: PreparedDraft
}

function demandSameVersion({ fingerprint, version }: SaveGroupMappingInput, current: number): void {
  const made = [version, fingerprint === null ? null : previewedVersion(fingerprint)]
  if (made.some(each => each !== null && each !== current)) throw stalePreview(changedByOther)
}

async function demandAsPreviewed(ctx: Context, asked: Asked): Promise<void> {
  const { previewed, fingerprint, version } = asked
  if (fingerprint === null) {
    if (isApplied(previewed))
      throw previewFirst('fingerprint', 'Preview the changes first: they move people.')
    if (version === null)
      throw previewFirst('version', 'Say which version of the mapping this is a change of.')
    return
  }
  const classes = isApplied(previewed) ? await readClasses(ctx.sql) : null
  const summary = classes === null ? null : summarize(classes, previewed.mapping)
  const different = difference(fingerprint, shownBy(previewed, summary))
  if (different !== null) throw stalePreview(different)
}

const changedByOther = 'The mapping was changed by someone else since you opened it.'

function previewFirst(path: string, message: string): Error {
  return invalidInput('group-mappings/preview-first', [{ path, message }])
}

async function save(
  tx: Transaction,
  { draft, previewed }: { draft: MappingDraft; previewed: PreparedDraft },
): Promise<MappingSaved> {
  await lockMapping(tx.sql)
  if ((await findMappingJob(tx.sql)) !== null) throw mappingBusy()
  const before = await readMapping(tx.sql)
  if (before.version !== previewed.mapping.version) throw stalePreview(changedByOther)
  const checked = await prepareDraft(tx.sql, draft)
  const made = await makeGroups(tx, checked)
  const after = withIds(tx, { mapping: checked.mapping, made })
  await writeMapping(tx, { mapping: after, applyToExisting: draft.applyToExisting })
  const saved = await keepChangeSet(tx, { before, after, applies: isApplied(checked) })
  tell(tx, { before, after, applies: draft.applyToExisting })
  return saved
}

/** Ids by provisional id. */
async function makeGroups(
  tx: Transaction,
  { newGroups }: PreparedDraft,
): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>()
  for (const [provisional, displayName] of newGroups) {
    const now = tx.clock.now()
    const id = tx.clock.newId()
    const names = { displayName, externalId: null }
    await insertGroup(tx.sql, { ...names, id, version: 1, linkedAt: null, createdAt: now, lastModified: now })
    tx.record({ type: 'group.created', groupId: id, detail: { subject: displayName } })
    made.set(provisional, id)
  }
  return made
}

function withIds(
  tx: Transaction,
  { mapping, made }: { mapping: Mapping; made: ReadonlyMap<string, string> },
): Mapping {
  const real = (id: string): string => made.get(id) ?? id
  const rows = mapping.rows.map(row => ({
    ...row,
    id: row.id === '' ? tx.clock.newId() : row.id,
    groupId: real(row.groupId),
  }))
  const { defaultGroupId } = mapping
  return { ...mapping, rows, defaultGroupId: defaultGroupId === null ? null : real(defaultGroupId) }
}

async function writeMapping(
  tx: Transaction,
  { mapping, applyToExisting }: { mapping: Mapping; applyToExisting: boolean },
): Promise<void> {
  const { enabled, defaultGroupId } = mapping
  const saved = { savedAt: tx.clock.now(), savedByName: authorOf(tx.actor).name }
  await tx.db.groupMapping.update({
    where: { orgId: tx.orgId },
    data: { enabled, defaultGroupId, applyToExisting, ...saved },
  })
  await writeRows(tx.sql, mapping.rows)
  tx.remap()
}

interface Change {
  readonly before: Mapping
  readonly after: Mapping
  readonly applies: boolean
}

async function keepChangeSet(tx: Transaction, { before, after, applies }: Change): Promise<MappingSaved> {
  const changeSetId = tx.clock.newId()
  const jobId = applies ? tx.clock.newId() : null
  const author = authorOf(tx.actor)
  const at = tx.clock.now()
  await tx.db.changeSet.create({
    data: {
      orgId: tx.orgId,
      id: changeSetId,
      kind: 'save',
      createdAt: at,
      actorKind: author.kind,
      actorId: author.id,
      actorName: author.name,
      before: jsonOf(storedMapping(before)),
      after: jsonOf(storedMapping(after)),
      mappingVersion: before.version + 1,
      jobId,
    },
  })
  if (jobId !== null) {
    await insertJob(tx.sql, { id: jobId, kind: 'apply-mapping', payload: { changeSetId }, author, at })
  }
  return { changeSetId, jobId }
}

function tell(tx: Transaction, { before, after, applies }: Change): void {
  tx.record({ type: 'group_mapping.saved', detail: {} })
  tx.note({
    action: 'group_mapping.save',
    before: jsonOf(storedMapping(before)),
    after: { ...jsonOf(storedMapping(after)), applyToExisting: applies },
  })
}

function jsonOf(mapping: StoredMapping): Prisma.InputJsonObject {
  return mapping as unknown as Prisma.InputJsonObject
}
