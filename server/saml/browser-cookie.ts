// The cookie that ties a sign-in to the browser that began it.

export interface BrowserCookie {
  /** The secret inside a Cookie header, or null. */
  readonly read: (header: string | undefined) => string | null
  /** The value of a Set-Cookie header. */
  readonly write: (secret: string) => string
}

/**
 * `__Host-sso` behind TLS; browsers refuse that name on plain http, so there it is `sso`. It is Lax: the identity
 * provider's cross-site POST does not carry it, the redirect to our own address after it does.
 */
export function browserCookie(publicUrl: string): BrowserCookie {
  const secure = publicUrl.startsWith('https:')
  const name = secure ? '__Host-sso' : 'sso'
  return {
    read: header => {
      const pairs = (header ?? '').split(';').map(pair => pair.trim())
      const value = pairs.find(pair => pair.startsWith(`${name}=`))?.slice(name.length + 1)
      return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null
    },
    write: secret =>
      `${name}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600${secure ? '; Secure' : ''}`,
  }
}
