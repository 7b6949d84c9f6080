// POST /Bulk: many operations in one request, each by the very handler of its single request (RFC 7644 section 3.7).
import { bulkResponse, parseBulk, planBulk, type BulkStep } from '#server/scim/index.ts'
import { JointInsert, NotStoredTogether } from '#server/domain/users/joint-insert.ts'
import { authenticateAgain } from './authenticate.ts'
import { performCircle } from './bulk-circle.ts'
import { beginJob, isStopped, keep, perform, type BulkDoor, type BulkJob, type Outcome } from './bulk-job.ts'
import type { Answer, AuthenticatedCall } from './call.ts'
import { noteBulk } from './note-bulk.ts'
import { explain } from './problems.ts'
import { maxOperations } from './read-body.ts'
import { toleranceOf } from './read-call.ts'

/** A token that is revoked while a request runs stops it after so many operations. */
const lookAgainAfter = 100

/** POST /Bulk. Answers 200 however the operations end; throws only what concerns the request as a whole. */
export async function runBulk(call: AuthenticatedCall, door: BulkDoor): Promise<Answer> {
  const request = parseBulk(call.body, { maxOperations, ...toleranceOf(call) })
  await door.settings.chargeToken(call.token.tokenId, request.operations.length - 1)
  const job = beginJob(call, { ...door, request })
  let sinceLook = 0
  for (const step of planBulk(request.operations)) {
    if (isStopped(job)) break
    if (sinceLook >= lookAgainAfter) await lookAgain(job)
    sinceLook = sinceLook >= lookAgainAfter ? step.operations.length : sinceLook + step.operations.length
    await performStep(job, step)
  }
  const outcomes = job.outcomes.filter(outcome => outcome !== null)
  noteBulk(call, { outcomes, asked: request.operations.length })
  return { status: 200, body: bulkResponse(outcomes.map(({ entry }) => entry)) }
}

/** The token and the organization's settings as they are now; without a good token nothing more is done. */
async function lookAgain(job: BulkJob): Promise<void> {
  try {
    job.call = await authenticateAgain(job.call)
  } catch (error) {
    job.lost = explain(error, { request: job.call.request, settings: job.door.settings })
  }
}

async function performStep(job: BulkJob, step: BulkStep): Promise<void> {
  // Who waits for a person is welcomed in the order of the request.
  const inOrder = job.call.token.settings.unknownMembers === 'keep-waiting'
  if (step.kind === 'circle') await performCircle(job, step.operations)
  else if (step.kind === 'one' || inOrder || job.lost !== null) await performInOrder(job, step.operations)
  else await performTogether(job, step.operations)
}

async function performInOrder(job: BulkJob, places: readonly number[]): Promise<void> {
  for (const place of places) {
    if (isStopped(job)) return
    keep(job, place, await perform(job, place))
  }
}

/**
 * Creates people by one statement. Whoever could not be stored in company is created alone and in order, so that
 * everything ends as if there had been no company.
 */
async function performTogether(job: BulkJob, places: readonly number[]): Promise<void> {
  const together = new JointInsert(job.call.ctx, places.length)
  const attempts = places.map(place => performOrReturn(job, place, together))
  const welcome = await together.gathered()
  // With failOnErrors it counts which operation fails first, so a refusal among them needs the order.
  const needsOrder = job.request.failOnErrors !== null && together.size < places.length
  if (welcome && !needsOrder) await together.store()
  else together.giveUp()
  const outcomes = await Promise.all(attempts)
  for (const [index, place] of places.entries()) {
    if (isStopped(job)) return
    const outcome = needsOrder ? null : outcomes[index]
    keep(job, place, outcome ?? (await perform(job, place)))
  }
}

/** Null for a person who has to be created alone. */
async function performOrReturn(job: BulkJob, place: number, together: JointInsert): Promise<Outcome | null> {
  try {
    const outcome = await perform(job, place, { together })
    if (outcome.entry.problem !== null) together.dropOut()
    return outcome
  } catch (error) {
    if (!(error instanceof NotStoredTogether)) throw error
    together.dropOut()
    return null
  }
}
