// Looks for mails that are due and sends them; several servers share them.
import type { FastifyBaseLogger } from 'fastify'
import { sendMails, MailServerAway } from './domain/mail/send-mails.ts'
import { systemActor } from './housekeeping.ts'
import type { PostOffice } from './mail/post-office.ts'
import { repeatCalmly } from './repeat-calmly.ts'
import type { World } from './world.ts'

/** Milliseconds; while the mail server or the database refuses, looks become rare. */
const looks = { every: 2_000, most: 60_000 }
/** Organizations looked after in one round. */
const atOnce = 100

/** Starts looking; the answer stops it after the mail under way. */
export async function startMails(
  world: World,
  office: PostOffice,
  log: FastifyBaseLogger,
): Promise<() => Promise<void>> {
  if (world.database.kind === 'embedded') await freeMails(world)
  const end = new AbortController()
  const stopLooking = repeatCalmly(
    async () => {
      await sendDueMails(world, { office, signal: end.signal, log })
    },
    {
      ...looks,
      onFailure: error => {
        // What a mail server says may name people; it stands with the mail, where admins see it.
        if (error instanceof MailServerAway)
          log.warn('The mail server takes no mail; it is tried again. Check SMTP_URL.')
        else log.error({ err: error }, 'Mails could not be sent; it is tried again')
      },
    },
  )
  return async () => {
    end.abort()
    await stopLooking()
    office.close()
  }
}

export interface Round {
  readonly office: PostOffice
  readonly signal?: AbortSignal
  readonly log: Pick<FastifyBaseLogger, 'warn'>
}

/** One round: every organization that has something to send, one at a time. Answers how many mails went out. */
export async function sendDueMails(world: World, { office, signal, log }: Round): Promise<number> {
  let sent = 0
  for (const orgId of await organizationsWithMails(world)) {
    sent += await sendMails(world.contextFor(orgId, systemActor), {
      send: office.send,
      ...(signal === undefined ? {} : { signal }),
      onGivenUp: ({ id, kind, attempts }) => {
        log.warn({ orgId, mailId: id, kind, attempts }, 'A mail was given up')
      },
    })
  }
  return sent
}

/** The embedded database has one server at a time: what was in somebody's hands belonged to one that is gone. */
async function freeMails(world: World): Promise<void> {
  const { installation } = world.installationFor(systemActor)
  await installation.mail.updateMany({ where: { sentAt: null, givenUpAt: null }, data: { leaseUntil: null } })
}

async function organizationsWithMails(world: World): Promise<string[]> {
  const { installation, clock } = world.installationFor(systemActor)
  const now = clock.now()
  const due = await installation.mail.findMany({
    where: {
      sentAt: null,
      givenUpAt: null,
      dueAt: { lte: now },
      OR: [{ leaseUntil: null }, { leaseUntil: { lt: now } }],
    },
    distinct: ['orgId'],
    select: { orgId: true },
    take: atOnce,
  })
  return due.map(({ orgId }) => orgId)
}
