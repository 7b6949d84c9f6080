// Chooses the attribute that people's values come from; everybody's values are then read anew by a job.
import { authorOf, demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { findMappingJob, insertJob, isDerivationLeft } from '#server/domain/jobs/jobs.sql.ts'
import { transact } from '#server/domain/transact.ts'
import { demandMapping } from './demand-mapping.ts'
import { renewMapping } from './known-mapping.ts'
import { readMapping } from './read-mapping.sql.ts'
import { mappingBusy } from './rules/refusals.ts'
import { sourceAttribute } from './rules/source-attribute.ts'
import { lockMapping } from './write-mapping.sql.ts'

/**
 * Moves nobody: apply the mapping for that. Answers the job, null when the attribute stays; the same attribute
 * again goes on where reading ended early. Throws
 * `group-mappings/bad-attribute`, `group-mappings/busy`, `organizations/not-in-plan`.
 */
export async function changeSourceAttribute(
  ctx: Context,
  input: { attribute: string },
): Promise<string | null> {
  demand(ctx.actor, 'mappings:write')
  await demandMapping(ctx)
  const attribute = sourceAttribute(input.attribute)
  if (attribute === null) {
    const message =
      'There is no such text attribute of people. Try title, userType, or urn:…:User:department with its whole URN.'
    throw invalidInput('group-mappings/bad-attribute', [{ path: 'attribute', message }])
  }
  const jobId = await transact(ctx, async tx => {
    await lockMapping(tx.sql)
    const before = await readMapping(tx.sql)
    if (before.source === attribute && !(await isDerivationLeft(tx.sql))) return null
    if ((await findMappingJob(tx.sql)) !== null) throw mappingBusy()
    const id = tx.clock.newId()
    const author = authorOf(tx.actor)
    await tx.db.groupMapping.update({ where: { orgId: ctx.orgId }, data: { sourceAttribute: attribute } })
    await insertJob(tx.sql, { id, kind: 'derive-values', payload: {}, author, at: tx.clock.now() })
    tx.remap()
    tx.record({ type: 'group_mapping.saved', detail: {} })
    tx.note({
      action: 'group_mapping.change_source',
      before: { attribute: before.source },
      after: { attribute },
    })
    return id
  })
  await renewMapping(ctx)
  return jobId
}
