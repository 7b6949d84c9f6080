// What the server does by itself: write token uses down, purge who was deleted, prune logs, tell of expired tokens.
import type { FastifyBaseLogger } from 'fastify'
import type { SystemActor } from './domain/actor.ts'
import type { Context } from './domain/context.ts'
import { purgeAccessTokens } from './domain/oauth-clients/purge-access-tokens.ts'
import { forgetOldNotices } from './domain/notices/forget-old-notices.ts'
import { recordNotices } from './domain/notices/record-notices.ts'
import { recordExpiredSecrets } from './domain/oauth-clients/record-expired-secrets.ts'
import { forgetOldMails } from './domain/mail/forget-old-mails.ts'
import { remindInvited } from './domain/invitations/remind-invited.ts'
import { forgetOldCopies } from './domain/managed-events/forget-old-copies.ts'
import { pruneLogs } from './domain/provisioning-log/prune-logs.ts'
import { recordExpiredTokens } from './domain/scim-tokens/record-expired-tokens.ts'
import { forgetOldSignIns } from './domain/sso/forget-old-sign-ins.ts'
import { resealSpKeys } from './domain/sso/reseal-sp-keys.ts'
import { forgetOldFailures } from './domain/sessions/forget-old-failures.ts'
import { purgeDeletedUsers } from './domain/users/purge-deleted-users.ts'
import type { TokenUses } from './token-uses.ts'
import type { World } from './world.ts'

export const systemActor: SystemActor = {
  kind: 'system',
  name: 'Rollcall',
  origin: { requestId: 'housekeeping', ip: null, client: null },
}

const everyMinute = 60_000
const everyHour = 3_600_000

/** Starts the rounds; the answer stops them and finishes the one under way. */
export function startHousekeeping(
  world: World,
  tokenUses: TokenUses,
  log: FastifyBaseLogger,
): () => Promise<void> {
  const rounds = [
    repeat(everyMinute, () => tokenUses.flush(), log),
    repeat(everyMinute, () => inEveryOrganization(world, minuteSteps, log), log),
    repeat(everyHour, () => inEveryOrganization(world, hourSteps, log), log),
    repeat(everyHour, () => forgetOldFailures(world.installationFor(systemActor)), log),
  ]
  return async () => {
    for (const stop of rounds) await stop()
    await tokenUses.flush()
  }
}

type Step = readonly [name: string, work: (ctx: Context) => Promise<unknown>]

export const minuteSteps: readonly Step[] = [
  ['expired tokens', recordExpiredTokens],
  ['expired secrets', recordExpiredSecrets],
  ['notices', recordNotices],
]

/** Logs are pruned before anybody is purged: whatever goes anyway need not be searched for names. */
export const hourSteps: readonly Step[] = [
  ['prune logs', pruneLogs],
  ['purge deleted people', purgeDeletedUsers],
  ['remind invited people', remindInvited],
  ['access tokens', purgeAccessTokens],
  ['copies of managed events', forgetOldCopies],
  ['sign-ins', forgetOldSignIns],
  ['mails', forgetOldMails],
  ['service provider keys', resealSpKeys],
  ['old notices', forgetOldNotices],
]

/** Where failures of a step are told. */
export type FailureLog = Pick<FastifyBaseLogger, 'error'>

/**
 * Organizations one at a time, never a statement across them. A step that fails is told and keeps neither the
 * following steps nor the following organizations from their turn; an organization that was deleted meanwhile is left.
 */
export async function inEveryOrganization(
  world: World,
  steps: readonly Step[],
  log: FailureLog,
): Promise<void> {
  const { installation } = world.installationFor(systemActor)
  const organizations = await installation.organization.findMany({ select: { id: true } })
  const there = async (id: string) => (await installation.organization.count({ where: { id } })) > 0
  for (const { id } of organizations) {
    const ctx = world.contextFor(id, systemActor)
    for (const [step, work] of steps) {
      const failure = await failureOf(() => work(ctx))
      if (failure === null) continue
      if (!(await there(id))) break
      log.error(
        { err: failure.error, orgId: id, step },
        'A step of housekeeping failed; it is tried again next time',
      )
    }
  }
}

async function failureOf(work: () => Promise<unknown>): Promise<{ error: unknown } | null> {
  try {
    await work()
    return null
  } catch (error) {
    return { error }
  }
}

function repeat(interval: number, work: () => Promise<unknown>, log: FastifyBaseLogger): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const run = (): void => {
    running = work().catch((error: unknown) => {
      log.error({ err: error }, 'Housekeeping failed; it is tried again next time')
    })
  }
  const timer = setInterval(run, interval)
  return async () => {
    clearInterval(timer)
    await running
  }
}
