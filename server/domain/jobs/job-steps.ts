// What each kind of job does in a step.
import { undoChangeSetStep } from '#server/domain/change-sets/undo-change-set-step.ts'
import { applyMappingStep } from '#server/domain/group-mappings/apply-mapping-step.ts'
import { deriveValuesStep } from '#server/domain/group-mappings/derive-values-step.ts'
import { assignManagedEventStep } from '#server/domain/managed-events/assign-managed-event-step.ts'
import type { JobKind } from './rules/job.ts'
import type { JobStep } from './work-off-jobs.ts'

export const jobSteps: Readonly<Record<JobKind, JobStep>> = {
  'apply-mapping': applyMappingStep,
  'undo-change-set': undoChangeSetStep,
  'derive-values': deriveValuesStep,
  'assign-managed-event': assignManagedEventStep,
}
