// What the server does by itself: write token uses down, purge who was deleted, prune logs, tell of expired tokens.
import type { FastifyBaseLogger } from 'fastify'
import type { SystemActor } from './domain/actor.ts'
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
    repeat(everyMinute, () => inEveryOrganization(world, minuteRound), log),
    repeat(everyHour, () => inEveryOrganization(world, hourRound), log),
    repeat(everyHour, () => forgetOldFailures(world.installationFor(systemActor)), log),
  ]
  return async () => {
    for (const stop of rounds) await stop()
    await tokenUses.flush()
  }
}

type Round = (ctx: ReturnType<World['contextFor']>) => Promise<void>

const minuteRound: Round = async ctx => {
  await recordExpiredTokens(ctx)
  await recordExpiredSecrets(ctx)
  await recordNotices(ctx)
}

const hourRound: Round = async ctx => {
  await purgeDeletedUsers(ctx)
  await remindInvited(ctx)
  await pruneLogs(ctx)
  await purgeAccessTokens(ctx)
  await forgetOldCopies(ctx)
  await forgetOldSignIns(ctx)
  await forgetOldMails(ctx)
  await resealSpKeys(ctx)
  await forgetOldNotices(ctx)
}

/** Organizations one at a time, never a statement across them. */
async function inEveryOrganization(world: World, round: Round): Promise<void> {
  const { installation } = world.installationFor(systemActor)
  const organizations = await installation.organization.findMany({ select: { id: true } })
  for (const { id } of organizations) await round(world.contextFor(id, systemActor))
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
