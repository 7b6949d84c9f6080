// Undoes a change set of the group mapping: memberships go back by a job, the mapping at once if it is still the same.
import type { Prisma } from '#prisma/client.ts'
import { authorOf, demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandMapping } from '#server/domain/group-mappings/demand-mapping.ts'
import { renewMapping } from '#server/domain/group-mappings/known-mapping.ts'
import { readMapping } from '#server/domain/group-mappings/read-mapping.sql.ts'
import type { Mapping } from '#server/domain/group-mappings/rules/mapping.ts'
import { mappingBusy } from '#server/domain/group-mappings/rules/refusals.ts'
import { storedMapping, type StoredMapping } from '#server/domain/group-mappings/rules/stored-mapping.ts'
import { lockMapping, writeRows } from '#server/domain/group-mappings/write-mapping.sql.ts'
import { findMappingJob, insertJob, resizeJob } from '#server/domain/jobs/jobs.sql.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { compareEntries } from './change-sets.sql.ts'
import { unknownChangeSet } from './rules/refusals.ts'

export interface ChangeSetUndone {
  /** The change set that the undoing makes; it can be undone, too. */
  readonly changeSetId: string
  /** The job that moves people back; null when the change set had moved nobody. */
  readonly jobId: string | null
}

/**
 * What others have changed since stays as they made it. Throws `change-sets/unknown`, `change-sets/undone-already`,
 * `group-mappings/busy` and `organizations/not-in-plan`.
 */
export async function undoChangeSet(ctx: Context, input: { changeSetId: string }): Promise<ChangeSetUndone> {
  demand(ctx.actor, 'mappings:write')
  await demandMapping(ctx)
  const undone = await transact(ctx, tx => undo(tx, input.changeSetId))
  await renewMapping(ctx)
  return undone
}

async function undo(tx: Transaction, id: string): Promise<ChangeSetUndone> {
  await lockMapping(tx.sql)
  if ((await findMappingJob(tx.sql)) !== null) throw mappingBusy()
  const changeSet = await tx.db.changeSet.findFirst({ where: { orgId: tx.orgId, id } })
  if (changeSet === null) throw unknownChangeSet()
  if (changeSet.undoneById !== null) throw undoneAlready()
  const current = await readMapping(tx.sql)
  const restores = current.version === changeSet.mappingVersion
  const before = changeSet.before as unknown as StoredMapping
  if (restores) await restoreMapping(tx, before)
  const { people, entries } = await compareEntries(tx.sql, id)
  const after = restores ? before : storedMapping(current)
  const undone = await keep(tx, { undoOfId: id, current, after, entries, restores })
  tx.record({ type: 'group_mapping.undone', detail: {} })
  tx.note({
    action: 'change_set.undo',
    subjectKind: 'change_set',
    subjectId: id,
    after: { people, restores },
  })
  return undone
}

interface Undoing {
  readonly undoOfId: string
  readonly current: Mapping
  readonly after: StoredMapping
  readonly entries: number
  readonly restores: boolean
}

async function keep(tx: Transaction, undoing: Undoing): Promise<ChangeSetUndone> {
  const { undoOfId, current, after, entries } = undoing
  const { orgId } = tx
  const id = tx.clock.newId()
  const jobId = entries === 0 ? null : tx.clock.newId()
  const author = authorOf(tx.actor)
  const at = tx.clock.now()
  const actor = { actorKind: author.kind, actorId: author.id, actorName: author.name }
  await tx.db.changeSet.create({
    data: {
      ...actor,
      orgId,
      id,
      kind: 'undo',
      createdAt: at,
      before: storedMapping(current) as unknown as Prisma.InputJsonObject,
      after: after as unknown as Prisma.InputJsonObject,
      mappingVersion: current.version + (undoing.restores ? 1 : 0),
      undoOfId,
      jobId,
    },
  })
  await tx.db.changeSet.update({ where: { orgId_id: { orgId, id: undoOfId } }, data: { undoneById: id } })
  if (jobId !== null) {
    const payload = { changeSetId: id, undoes: undoOfId }
    await insertJob(tx.sql, { id: jobId, kind: 'undo-change-set', payload, author, at })
    await resizeJob(tx.sql, { id: jobId, total: entries })
  }
  return { changeSetId: id, jobId }
}

/** Rows of groups that have been deleted since are left out. */
async function restoreMapping(tx: Transaction, before: StoredMapping): Promise<void> {
  const ids = [...before.rows.map(({ groupId }) => groupId), before.defaultGroupId ?? '']
  const there = await tx.db.group.findMany({
    where: { orgId: tx.orgId, id: { in: ids.filter(id => id !== '') } },
    select: { id: true },
  })
  const known = new Set(there.map(({ id }) => id))
  const rows = before.rows.filter(({ groupId }) => known.has(groupId))
  await writeRows(
    tx.sql,
    rows.map((row, position) => ({ ...row, position })),
  )
  const { enabled, defaultGroupId } = before
  const kept = defaultGroupId !== null && known.has(defaultGroupId) ? defaultGroupId : null
  await tx.db.groupMapping.update({ where: { orgId: tx.orgId }, data: { enabled, defaultGroupId: kept } })
  tx.remap()
}

function undoneAlready(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'change-sets/undone-already',
    message: 'This change set was undone already. Undo the undoing to have it back.',
  })
}
