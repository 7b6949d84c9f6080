// Hands mails to the mail server and says in our words what came of it.
import { createTransport } from 'nodemailer'
import type { Outcome } from '#server/domain/mail/rules/attempts.ts'
import type { Letter } from '#server/domain/mail/rules/letter.ts'
import { renderMail } from './render-mail.ts'

export interface PostOfficeSettings {
  readonly smtpUrl: string
  readonly from: { readonly name: string; readonly address: string }
  /** Origin that links begin with, without trailing slash. */
  readonly publicUrl: string
}

/** A mail as the outbox holds it. */
export interface OutgoingMail {
  readonly id: string
  readonly recipientName: string
  readonly recipient: string
  readonly subject: string
  readonly letter: Letter
}

export interface PostOffice {
  readonly send: (mail: OutgoingMail) => Promise<Outcome>
  readonly close: () => void
}

/** Milliseconds. All together stay below the lease of a mail (domain/mail/send-mails). */
const limits = {
  dnsTimeout: 10_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
}

/** One mail a connection: a connection that broke while nobody looked can lose none. */
export function createPostOffice({ smtpUrl, from, publicUrl }: PostOfficeSettings): PostOffice {
  const transport = createTransport({
    url: smtpUrl,
    ...limits,
    // Nothing in a mail is fetched from anywhere.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  return {
    send: async mail => {
      try {
        await transport.sendMail({
          from,
          to: { name: mail.recipientName, address: mail.recipient },
          subject: mail.subject,
          // The same at every attempt: two copies of one mail are recognisable.
          messageId: `<${mail.id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          ...renderMail(mail.letter, publicUrl),
        })
        return { kind: 'sent' }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    close: () => {
      transport.close()
    },
  }
}

interface SmtpFailure {
  readonly code?: string
  readonly command?: string
  readonly response?: string
  readonly responseCode?: number
}

const refusals = new Set(['RCPT TO', 'DATA'])

/** A 5xx about the recipient or the message is final (RFC 5321 section 4.2.1); any other one is about us. */
function outcomeOf(error: unknown): Outcome {
  const { command = '', response, responseCode = 0 } = error as SmtpFailure
  const about = refusals.has(command)
  const said = response ?? (error instanceof Error ? error.message : String(error))
  if (about && responseCode >= 500) return { kind: 'refused', reason: `The mail server refused it: ${said}` }
  if (about) return { kind: 'deferred', reason: `The mail server wants it later: ${said}` }
  return { kind: 'unreachable', reason: `The mail server could not be used: ${said}` }
}
