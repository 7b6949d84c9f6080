// Sends requests over kept-alive connections: one at a time for latencies, several at once for throughput.
import { Agent, request as send } from 'node:http'
import type { Json } from '#server/scim/index.ts'

export interface LoadRequest {
  readonly method: string
  /** Below the base URL, query included. */
  readonly path: string
  readonly body?: Json
  readonly status: number
  /** Null, or what is wrong with the answer; runs for a sample. */
  readonly check?: (body: Json) => string | null
  /** Hears every right answer. */
  readonly learn?: (body: Json) => void
}

export interface Target {
  readonly baseUrl: string
  readonly token: string
  /** False for skeletons that answer fixed values. */
  readonly checked: boolean
}

export interface Load {
  readonly requests: number
  readonly errors: readonly string[]
  readonly seconds: number
  /** Milliseconds, sorted. */
  readonly times: readonly number[]
}

/** Of a long load one answer in so many is looked at; of a short one each. */
const sampleEvery = 25
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** Sends `count` requests, `parallel` at once. */
export async function load(
  target: Target,
  what: { count: number; parallel: number; next: () => LoadRequest },
): Promise<Load> {
  const errors: string[] = []
  const times: number[] = []
  let sent = 0
  const started = performance.now()
  const worker = async (): Promise<void> => {
    while (sent < what.count) {
      sent += 1
      const sampled = target.checked && (what.count < sampleEvery || sent % sampleEvery === 0)
      const fault = await sendOne(target, what.next(), { times, sampled })
      if (fault !== null) errors.push(fault)
    }
  }
  await Promise.all(Array.from({ length: what.parallel }, worker))
  const seconds = (performance.now() - started) / 1_000
  return { requests: what.count, errors, seconds, times: times.sort((one, other) => one - other) }
}

async function sendOne(
  target: Target,
  wanted: LoadRequest,
  notes: { times: number[]; sampled: boolean },
): Promise<string | null> {
  const started = performance.now()
  const answer = await exchange(target, wanted)
  notes.times.push(performance.now() - started)
  const what = `${wanted.method} ${wanted.path.slice(0, 60)}`
  if (answer.status !== wanted.status) return `${what}: ${String(answer.status)} ${answer.text.slice(0, 200)}`
  const check = notes.sampled ? wanted.check : undefined
  if (check === undefined && wanted.learn === undefined) return null
  const body = JSON.parse(answer.text === '' ? 'null' : answer.text) as Json
  wanted.learn?.(body)
  const fault = check?.(body) ?? null
  return fault === null ? null : `${what}: ${fault}`
}

export function exchange(
  target: Target,
  wanted: Pick<LoadRequest, 'method' | 'path' | 'body'>,
): Promise<{ status: number; text: string }> {
  const body = wanted.body === undefined ? null : Buffer.from(JSON.stringify(wanted.body))
  return new Promise((resolve, reject) => {
    const request = send(
      `${target.baseUrl}${wanted.path}`,
      {
        method: wanted.method,
        agent,
        headers: {
          accept: 'application/scim+json',
          authorization: `Bearer ${target.token}`,
          ...(body === null
            ? {}
            : { 'content-type': 'application/scim+json; charset=utf-8', 'content-length': body.length }),
        },
      },
      response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
        })
      },
    )
    request.on('error', reject)
    request.end(body ?? undefined)
  })
}
