// Plays an identity provider's first calls against the organization's own base URL and says what went wrong where.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { tryClientSecret } from '#server/domain/oauth-clients/try-client-secret.ts'
import { parseSecret } from '#server/domain/secrets/secret.ts'
import { purgeUser } from '#server/domain/users/purge-user.ts'
import { connectionSteps, field, type ConnectionStep, type ProbeAnswer } from './rules/connection-test.ts'
import type { Probe, TestedStep } from './rules/probe.ts'

export interface ConnectionTested {
  readonly ok: boolean
  /** Up to and including the first that failed. */
  readonly steps: readonly TestedStep[]
}

/**
 * Tests with the given token, or with a client secret, which is exchanged for an access token first; the test person
 * it makes is always removed for good. Throws `scim-tokens/not-a-token` for anything else, `actor/not-permitted`.
 */
export async function testConnection(
  ctx: Context,
  input: { secret: string; probe: Probe },
): Promise<ConnectionTested> {
  demand(ctx.actor, 'tokens:write')
  const { probe } = input
  const secret = parseSecret(input.secret.trim())
  if (secret?.kind === 'client') {
    const { step, token } = await tryClientSecret(ctx, { secret, probe })
    const others = token === null ? [] : await play(ctx, { bearer: token, probe })
    return judged([step, ...others])
  }
  if (secret?.kind !== 'scim' && secret?.kind !== 'access') throw noToken()
  return judged(await play(ctx, { bearer: secret.text, probe }))
}

function judged(steps: readonly TestedStep[]): ConnectionTested {
  return { ok: steps.every(step => step.ok), steps }
}

async function play(ctx: Context, call: { bearer: string; probe: Probe }): Promise<TestedStep[]> {
  const { bearer, probe } = call
  const base = `/scim/v2/${ctx.orgId}`
  const known = { userName: `connection-test-${ctx.clock.newId()}@example.com`, userId: '' }
  const steps: TestedStep[] = []
  try {
    for (const step of connectionSteps) {
      const asked = step.call(known)
      const answer = await probe({ ...asked, path: base + asked.path, bearer })
      if (asked.method === 'POST') known.userId = idOf(answer.body)
      steps.push(tested(step, answer))
      if (steps.at(-1)?.ok === false) break
    }
  } finally {
    await removeTraces(ctx, {
      ...known,
      remove: () => probe({ method: 'DELETE', path: `${base}/Users/${known.userId}`, bearer }),
    })
  }
  return steps
}

function idOf(body: unknown): string {
  const id = field(body, 'id')
  return typeof id === 'string' ? id : ''
}

function tested(step: ConnectionStep, answer: ProbeAnswer): TestedStep {
  const fault = step.judge(answer)
  return { name: step.name, ok: fault === null, detail: fault ?? step.done, durationMs: answer.durationMs }
}

/**
 * Deletes the test person if a step did not, and does not wait for the grace period to purge them. The log keeps what was
 * called: nothing in it is about anybody.
 */
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
  await purgeUser(ctx, { userId: probe.userId })
}

function noToken(): Error {
  const message =
    'This is no SCIM token. Paste the whole token, which begins with rc_scim_, or a whole client secret.'
  return invalidInput('scim-tokens/not-a-token', [{ path: 'secret', message }])
}
