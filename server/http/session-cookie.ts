// The cookies that carry a browser session, or a sign-in between its two steps: out of reach for scripts, other sites
// and plain connections.

export interface SessionCookie {
  /** The secret inside a Cookie header, or null. */
  readonly read: (header: string | null) => string | null
  /** The value of a Set-Cookie header that starts a session. */
  readonly write: (secret: string, expiresAt: Date) => string
  /** The value of a Set-Cookie header that ends it. */
  readonly clear: () => string
}

/** Carries what a browser keeps between password and code. */
export const stepCookie = (publicUrl: string): SessionCookie => cookieNamed('step', publicUrl)

/** Carries the session. */
export const sessionCookie = (publicUrl: string): SessionCookie => cookieNamed('sid', publicUrl)

/**
 * `__Host-sid` behind TLS: bound to this host, never sent in the clear. Browsers refuse that name on plain http, so
 * there, on one's own machine, it is `sid`.
 */
function cookieNamed(plain: string, publicUrl: string): SessionCookie {
  const secure = publicUrl.startsWith('https:')
  const name = secure ? `__Host-${plain}` : plain
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    read: header => {
      for (const pair of (header ?? '').split(';')) {
        const at = pair.indexOf('=')
        if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
      }
      return null
    },
    write: (secret, expiresAt) => `${name}=${secret}; ${attributes}; Expires=${expiresAt.toUTCString()}`,
    clear: () => `${name}=; ${attributes}; Max-Age=0`,
  }
}
