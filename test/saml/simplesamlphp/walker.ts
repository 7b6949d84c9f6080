// A browser in small: keeps cookies, follows redirects, and fills in forms without a script.

export interface Page {
  readonly status: number
  readonly body: string
  /** Where it is, after all redirects. */
  readonly url: string
}

export interface Form {
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

/** Walks one site; `open` follows its redirects with the cookies it was given. */
export function walker() {
  const cookies = new Map<string, string>()
  async function open(url: string, form?: Readonly<Record<string, string>>): Promise<Page> {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const next = answer.headers.get('location')
    if (next !== null && answer.status >= 300 && answer.status < 400) return open(new URL(next, url).href)
    return { status: answer.status, body: await answer.text(), url }
  }
  return { open }
}

/** The first form of a page. */
export function formOn({ body, url }: Page): Form {
  const [, head = '', inside = ''] = /<form([^>]*)>([\s\S]*?)<\/form>/.exec(body) ?? []
  const inputs = [...inside.matchAll(/<input([^>]*)>/g)].map(([, text = '']) => text)
  const fields = inputs.flatMap(input => {
    const name = attribute(input, 'name')
    return name === null ? [] : [[name, attribute(input, 'value') ?? ''] as const]
  })
  const action = attribute(head, 'action') ?? ''
  return { action: new URL(action === '?' ? '' : action, url).href, fields: Object.fromEntries(fields) }
}

function attribute(text: string, name: string): string | null {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1]
  if (value === undefined) return null
  return value
    .replace(/&#x([0-9a-f]+);/gi, (_all, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
