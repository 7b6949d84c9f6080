// Sends SCIM requests as an identity provider does: bearer token, a time limit, patience when asked to wait.
import type { Json } from '#server/scim/index.ts'
import { Complaint } from './complaint.ts'
import type { Answer, ScimRequest } from './scim-request.ts'

export interface ScimClient {
  readonly send: (request: ScimRequest) => Promise<Answer>
  /** How often the server asked to wait. */
  readonly waits: () => number
}

export interface ClientOptions {
  readonly baseUrl: string
  readonly token: string
  /** The provider's own headers. */
  readonly headers: Readonly<Record<string, string>>
  /** Waits; tests bring their own. */
  readonly sleep?: (ms: number) => Promise<void>
}

/** Okta gives up after so long. */
const timeLimit = 60_000
const tries = 8
const longestWait = 60

/** A client of one base URL. `send` throws `Complaint` when no server answers. */
export function createScimClient(options: ClientOptions): ScimClient {
  const sleep = options.sleep ?? (ms => new Promise<void>(resolve => setTimeout(resolve, ms)))
  let waits = 0
  const send = async (request: ScimRequest): Promise<Answer> => {
    for (let attempt = 1; ; attempt += 1) {
      const { answer, wait } = await sendOnce(request, options)
      if (wait === null || attempt === tries) return answer
      waits += 1
      await sleep(wait * 1_000)
    }
  }
  return { send, waits: () => waits }
}

/** `wait`: seconds after which the request may be sent again. */
async function sendOnce(
  request: ScimRequest,
  options: ClientOptions,
): Promise<{ answer: Answer; wait: number | null }> {
  const query = request.query === undefined ? '' : `?${new URLSearchParams(request.query).toString()}`
  const { 'content-type': type, ...headers } = options.headers
  const started = performance.now()
  try {
    const response = await fetch(`${options.baseUrl}${request.path}${query}`, {
      method: request.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeLimit),
      headers: {
        ...headers,
        authorization: `Bearer ${options.token}`,
        ...(request.body === undefined || type === undefined ? {} : { 'content-type': type }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
    })
    const text = await response.text()
    const answer = {
      status: response.status,
      body: parsed(text),
      contentType: response.headers.get('content-type') ?? '',
      ms: performance.now() - started,
    }
    return { answer, wait: waitOf(response) }
  } catch (error) {
    throw unreachable(error, options.baseUrl)
  }
}

/** `Retry-After` of 429 and 503, in seconds or as a date; one second without it. */
function waitOf(response: Response): number | null {
  if (response.status !== 429 && response.status !== 503) return null
  const told = response.headers.get('retry-after')
  if (told === null) return 1
  const seconds = /^\d+$/.test(told) ? Number(told) : (Date.parse(told) - Date.now()) / 1_000
  return Number.isFinite(seconds) ? Math.min(longestWait, Math.max(0, seconds)) : 1
}

function parsed(text: string): Json {
  try {
    return text === '' ? null : (JSON.parse(text) as Json)
  } catch {
    return text.slice(0, 200)
  }
}

function unreachable(error: unknown, baseUrl: string): Complaint {
  const { origin } = new URL(baseUrl)
  if ((error as { name?: string }).name === 'TimeoutError') {
    return new Complaint(
      `${origin} did not answer within ${timeLimit / 1_000} seconds. Look at the server's log.`,
    )
  }
  const code = (error as { cause?: { code?: string } }).cause?.code ?? 'no connection'
  return new Complaint(`No server answers at ${origin} (${code}). Start Rollcall, or correct --base-url.`)
}
