// What the subscriptions deliver: the lines of the logs from a cursor on, and the health whenever it may have changed.
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { readHealth, type Health } from '#server/domain/health/read-health.ts'
import { isOver, type JobState } from '#server/domain/jobs/rules/job.ts'
import { countNotices } from '#server/domain/notices/read-notices.sql.ts'
import { followLog } from '#server/domain/provisioning-log/follow-log.ts'
import type { LogRow } from '#server/domain/provisioning-log/log-tail.ts'
import { readLogHead, type LogName } from '#server/domain/provisioning-log/read-log.sql.ts'
import type { Call } from './call.ts'
import type { GraphqlSettings } from './settings.ts'
import { endable, pause } from './stream.ts'
import { lostRights } from './watch.ts'

/** A line with its cursor; or the refusal after which the stream ends. */
export type Message<Item> =
  { readonly cursor: string; readonly item: Item } | { readonly refusal: DomainError }

export interface LineFeed<Row> {
  readonly log: LogName
  readonly after: string | null
  readonly rowOf: (raw: LogRow) => Row
  readonly wanted: (row: Row) => boolean
}

/** Every wanted line once, in order. A refusal is delivered as the last message, for a throw would end the socket. */
export function lines<Row>(
  call: Call,
  feed: LineFeed<Row>,
): AsyncIterableIterator<Message<Row>, void, undefined> {
  return endable(async function* (signal): AsyncGenerator<Message<Row>, void, undefined> {
    try {
      const followed = followLog<LogRow>(call.org, { log: feed.log, after: feed.after, signal })
      for await (const { cursor, row } of followed) {
        const item = feed.rowOf(row)
        if (!feed.wanted(item)) continue
        if (!(await call.stands())) throw lostRights()
        yield { cursor, item }
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      yield { refusal: error }
    }
  })
}

/** Times are shown relative to now, so the health is read again after this time even when nothing happened. */
const atLeastEvery = 30_000
const atMostEvery = 1_000
/** Reading takes at most this part of a process' time for one organization. */
const shareOfTime = 0.05

export type HealthMessage = { readonly health: Health } | { readonly refusal: DomainError }

/** The health now, and again after every change of a log, a second apart at least. */
export function healthMessages(call: Call): AsyncIterableIterator<HealthMessage, void, undefined> {
  return endable(async function* (signal): AsyncGenerator<HealthMessage, void, undefined> {
    const listener = call.org.listen()
    let shown: Reading | null = null
    try {
      while (!signal.aborted) {
        const reading = await latestReading(call)
        if (reading !== shown) yield await messageOf(call, reading)
        if (reading !== shown) await pause(Math.max(atMostEvery, (await reading.took) / shareOfTime), signal)
        shown = reading
        await listener.next(signal)
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      yield { refusal: error }
    } finally {
      listener.close()
    }
  })
}

async function messageOf(call: Call, reading: Reading): Promise<HealthMessage> {
  if (!(await call.stands())) throw lostRights()
  return { health: await reading.health }
}

interface Reading {
  readonly heads: string
  readonly at: number
  readonly health: Promise<Health>
  /** Milliseconds that the reading took. */
  readonly took: Promise<number>
}

/** One reading an organization serves everybody who looks at it. */
const readings = new WeakMap<GraphqlSettings, Map<string, Reading>>()

async function latestReading(call: Call): Promise<Reading> {
  const ctx = call.org
  const known = readings.get(call.settings) ?? new Map<string, Reading>()
  readings.set(call.settings, known)
  const heads = await headsOf(ctx)
  const latest = known.get(ctx.orgId)
  const now = performance.now()
  if (latest?.heads === heads && now - latest.at < atLeastEvery) return latest
  const health = readHealth(ctx)
  const reading = { heads, at: now, health, took: timeOf(health, now) }
  known.set(ctx.orgId, reading)
  health.catch(() => known.delete(ctx.orgId))
  return reading
}

async function timeOf(work: Promise<unknown>, began: number): Promise<number> {
  await work.catch(() => null)
  return performance.now() - began
}

async function headsOf({ sql }: Context): Promise<string> {
  const events = await readLogHead(sql, 'events')
  const exchanges = await readLogHead(sql, 'exchanges')
  return `${String(events.sequence)} ${String(exchanges.sequence)}`
}

export type JobMessage = { readonly jobId: string } | { readonly refusal: DomainError }

/** A job is looked at again at most this often, in milliseconds. */
const jobLook = 250

/** Says that a job looks different from what was last said, until it is over. Unknown jobs are refused. */
export function jobMessages(call: Call, jobId: string): AsyncIterableIterator<JobMessage, void, undefined> {
  return endable(async function* (signal): AsyncGenerator<JobMessage, void, undefined> {
    const { db, orgId } = call.org
    const listener = call.org.listen()
    let shown = ''
    try {
      while (!signal.aborted) {
        const job = await db.job.findUnique({ where: { orgId_id: { orgId, id: jobId } } })
        if (job === null) throw unknownJob()
        const seen = `${job.state} ${String(job.done)}`
        if (seen !== shown && !(await call.stands())) throw lostRights()
        if (seen !== shown) yield { jobId }
        shown = seen
        if (isOver(job.state as JobState)) return
        await pause(jobLook, signal)
        await listener.next(signal)
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      yield { refusal: error }
    } finally {
      listener.close()
    }
  })
}

function unknownJob(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'jobs/unknown',
    message: 'There is no such job in this organization.',
  })
}

export type NoticeMessage = { readonly open: number } | { readonly refusal: DomainError }

/** Notices come days before anything happens: nobody needs them to the second. Milliseconds. */
const noticeLook = 5_000

/** How many notices are open for the caller, and again after each change. */
export function noticeMessages(
  call: Call,
  userId: string | null,
): AsyncIterableIterator<NoticeMessage, void, undefined> {
  return endable(async function* (signal): AsyncGenerator<NoticeMessage, void, undefined> {
    let shown: number | null = null
    try {
      while (!signal.aborted) {
        const open = await countNotices(call.org.sql, { userId, open: true })
        if (open !== shown && !(await call.stands())) throw lostRights()
        if (open !== shown) yield { open }
        shown = open
        await pause(noticeLook, signal)
      }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      yield { refusal: error }
    }
  })
}
