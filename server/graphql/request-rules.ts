// What a request must look like before anything of it is read: no form, no other site, no bare cookie.

/** A refusal that never reaches GraphQL. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The refusal, or null when the request may go on. */
export function refusalOf(request: Request, publicUrl: string): Refusal | null {
  if (request.method === 'POST' && !isJson(request)) {
    return {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'Send JSON: content-type application/json.',
    }
  }
  if (request.headers.has('authorization')) return null
  if (!isOwnOrigin(request.headers.get('origin'), publicUrl)) {
    return {
      status: 403,
      code: 'FOREIGN_ORIGIN',
      message: `This page may not call Rollcall. Open Rollcall at ${publicUrl}.`,
    }
  }
  if (request.headers.has('x-rollcall')) return null
  return {
    status: 403,
    code: 'CSRF',
    message: 'Send the header x-rollcall: 1, or an API key as bearer token.',
  }
}

/** Browsers name the page's origin; when Rollcall runs on this very machine, any page of this machine counts. */
export function isOwnOrigin(origin: string | null, publicUrl: string): boolean {
  if (origin === null || origin === new URL(publicUrl).origin) return true
  if (!URL.canParse(origin)) return false
  return [origin, publicUrl].every(text => loopback.has(new URL(text).hostname))
}

function isJson(request: Request): boolean {
  const type = request.headers.get('content-type') ?? ''
  return /^application\/json\s*(;|$)/i.test(type)
}
