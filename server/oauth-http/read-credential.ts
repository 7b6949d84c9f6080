// Which client asks and what it shows: Basic, secret in the form, or signed assertion; never more than one of them.
import type { ClientCredential } from '#server/domain/oauth-clients/authenticate-client.ts'
import { InvalidClient, invalidRequest } from './oauth-error.ts'
import type { Form } from './read-form.ts'

export interface ShownCredential {
  readonly clientId: string
  readonly credential: ClientCredential
  /** Whether the Authorization header was used. */
  readonly basic: boolean
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const header = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i

/** Throws `invalid_client` without any, `invalid_request` for several (RFC 6749 section 2.3). */
export function readCredential(
  request: { readonly authorization: string | undefined; readonly form: Form },
  audiences: readonly string[],
): ShownCredential {
  const { authorization, form } = request
  const ways = [authorization, form.get('client_secret'), form.get('client_assertion')]
  if (ways.filter(way => way !== undefined).length > 1) {
    throw invalidRequest('Send one proof only: Basic, client_secret or client_assertion.')
  }
  if (authorization !== undefined) return fromHeader(authorization, form)
  const [secret, assertion] = [form.get('client_secret'), form.get('client_assertion')]
  if (assertion !== undefined) return fromAssertion(assertion, form, audiences)
  const clientId = form.get('client_id')
  if (secret === undefined || clientId === undefined) {
    throw new InvalidClient({ reason: 'it showed no client id or no secret', known: null, basic: false })
  }
  return { clientId, credential: { kind: 'secret', secret }, basic: false }
}

/** RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined. */
function fromHeader(authorization: string, form: Form): ShownCredential {
  const encoded = header.exec(authorization)?.[1]
  const [id, ...rest] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':')
  const [clientId, secret] = [decoded(id ?? ''), decoded(rest.join(':'))]
  if (encoded === undefined || rest.length === 0 || clientId === null || secret === null) {
    throw new InvalidClient({ reason: 'its Authorization header is not Basic', known: null, basic: true })
  }
  demandSame(form, clientId)
  return { clientId, credential: { kind: 'secret', secret }, basic: true }
}

/** RFC 7521 section 4.2: client_id may be left out, the assertion's subject says it. It is verified later. */
function fromAssertion(assertion: string, form: Form, audiences: readonly string[]): ShownCredential {
  if (form.get('client_assertion_type') !== assertionType) {
    throw invalidRequest(`Send client_assertion_type as ${assertionType}.`)
  }
  const clientId = form.get('client_id') ?? subjectOf(assertion)
  return { clientId, credential: { kind: 'assertion', assertion, audiences }, basic: false }
}

function subjectOf(assertion: string): string {
  try {
    const text = Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString('utf8')
    const { sub } = JSON.parse(text) as { sub?: unknown }
    return typeof sub === 'string' ? sub : ''
  } catch {
    return ''
  }
}

function demandSame(form: Form, clientId: string): void {
  if ((form.get('client_id') ?? clientId) === clientId) return
  throw invalidRequest('The client_id of the form and that of the Authorization header differ.')
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return null
  }
}
