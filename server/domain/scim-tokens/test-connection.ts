// Plays an identity provider's first calls against the organization's own base URL and says what went wrong where.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { parseSecret } from '#server/domain/secrets/secret.ts'
import { purgeDeletedUsers } from '#server/domain/users/purge-deleted-users.ts'
import { connectionSteps, field, type ConnectionStep, type ProbeAnswer } from './rules/connection-test.ts'

/** Sends a request to the own SCIM door. `path` begins with `/scim/v2/`. */
export type Probe = (request: {
  readonly method: string
  readonly path: string
  readonly bearer: string
  readonly body?: unknown
}) => Promise<ProbeAnswer>

export interface TestedStep {
  readonly name: string
  readonly ok: boolean
  /** What was found; for a failed step the cause and what to do. */
  readonly detail: string
  readonly durationMs: number
}

export interface ConnectionTested {
  readonly ok: boolean
  /** Up to and including the first that failed. */
  readonly steps: readonly TestedStep[]
}

/**
 * Tests with the given token; the test person it makes is always removed for good. Throws
 * `scim-tokens/not-a-token` for anything that is no SCIM token, `actor/not-permitted`.
 */
export async function testConnection(
  ctx: Context,
  input: { secret: string; probe: Probe },
): Promise<ConnectionTested> {
  demand(ctx.actor, 'tokens:write')
  const bearer = input.secret.trim()
  if (parseSecret(bearer)?.kind !== 'scim') throw noToken()
  const base = `/scim/v2/${ctx.orgId}`
  const known = { userName: `connection-test-${ctx.clock.newId()}@example.com`, userId: '' }
  const steps: TestedStep[] = []
  try {
    for (const step of connectionSteps) {
      const call = step.call(known)
      const answer = await input.probe({ ...call, path: base + call.path, bearer })
      if (call.method === 'POST') known.userId = idOf(answer.body)
      steps.push(tested(step, answer))
      if (steps.at(-1)?.ok === false) break
    }
  } finally {
    await removeTraces(ctx, {
      ...known,
      remove: () => input.probe({ method: 'DELETE', path: `${base}/Users/${known.userId}`, bearer }),
    })
  }
  return { ok: steps.every(step => step.ok), steps }
}

function idOf(body: unknown): string {
  const id = field(body, 'id')
  return typeof id === 'string' ? id : ''
}

function tested(step: ConnectionStep, answer: ProbeAnswer): TestedStep {
  const fault = step.judge(answer)
  return { name: step.name, ok: fault === null, detail: fault ?? step.done, durationMs: answer.durationMs }
}

/** Deletes the test person if a step did not, and does not wait for the grace period to purge them. */
async function removeTraces(
  ctx: Context,
  probe: { userId: string; userName: string; remove: () => Promise<unknown> },
): Promise<void> {
  if (probe.userId === '') return
  const { orgId } = ctx
  const left = await ctx.db.user.findUnique({ where: { orgId_id: { orgId, id: probe.userId } } })
  if (left === null || left.userName !== probe.userName) return
  if (left.status !== 'deleted') await probe.remove()
  await ctx.db.user.updateMany({
    where: { orgId, id: probe.userId, status: 'deleted' },
    data: { purgeAt: ctx.clock.now() },
  })
  await purgeDeletedUsers(ctx)
}

function noToken(): Error {
  const message = 'This is no SCIM token. Paste the whole token; it begins with rc_scim_.'
  return invalidInput('scim-tokens/not-a-token', [{ path: 'secret', message }])
}
