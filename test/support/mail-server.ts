// A real mail server in the tests' process: takes mail, or says no as it is told, and reads what it took.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  /** Header fields in lower case, unfolded; a name that occurs twice holds both. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly text: string
  readonly html: string
}

export interface MailServer {
  readonly url: string
  readonly port: number
  readonly taken: TakenMail[]
  /** Answers this to a recipient instead of taking them; nothing when it takes everybody. */
  readonly refuse: Map<string, { code: number; message: string }>
  readonly stop: () => Promise<void>
}

/** Listens on a port of this machine: on the given one, or a free one. */
export async function startMailServer(port = 0): Promise<MailServer> {
  const taken: TakenMail[] = []
  const refuse: MailServer['refuse'] = new Map()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      const refusal = refuse.get(address)
      if (refusal === undefined) done()
      else done(Object.assign(new Error(refusal.message), { responseCode: refusal.code }))
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        const to = envelope.rcptTo.map(recipient => recipient.address)
        taken.push({ from, to, ...readMail(Buffer.concat(chunks).toString('utf8')) })
        done()
      })
    },
  })
  await new Promise<void>(resolve => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = (server.server.address() as AddressInfo).port
  return {
    url: `smtp://127.0.0.1:${String(bound)}`,
    port: bound,
    taken,
    refuse,
    stop: () =>
      new Promise(resolve => {
        server.close(resolve)
      }),
  }
}

function readMail(raw: string): Pick<TakenMail, 'raw' | 'headers' | 'text' | 'html'> {
  const { headers, body } = readPart(raw)
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type')?.[0] ?? '')?.[1] ?? ''
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map(part => readPart(part.replace(/^\r\n/, '')))
  const ofType = (type: string): string => {
    const part = parts.find(each => each.headers.get('content-type')?.[0]?.startsWith(type) === true)
    return part === undefined ? '' : decoded(part)
  }
  return { raw, headers, text: ofType('text/plain'), html: ofType('text/html') }
}

interface Part {
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: string
}

function readPart(text: string): Part {
  const end = text.indexOf('\r\n\r\n')
  const headers = new Map<string, string[]>()
  for (const line of text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value])
  }
  return { headers, body: text.slice(end + 4) }
}

function decoded({ headers, body }: Part): string {
  switch (headers.get('content-transfer-encoding')?.[0]) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8')
    case 'quoted-printable': {
      const bytes = body
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      return Buffer.from(bytes, 'latin1').toString('utf8')
    }
    default:
      return body
  }
}
