// A SAML identity provider that browsers can walk to: samlp behind Node's own server.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { newIdpKey } from '#test/support/saml-pen.ts'

type Handler = (request: object, response: object, next?: (error: unknown) => void) => void
const samlp = createRequire(import.meta.url)('samlp') as {
  auth: (options: object) => Handler
  metadata: (options: object) => Handler
}

export interface SamlProvider {
  readonly entityId: string
  /** What an admin downloads there. */
  readonly metadata: () => Promise<string>
  /** Who is signed in there from now on. */
  readonly be: (email: string) => void
  /** The ACS URL that an admin pasted there. */
  readonly sendTo: (acsUrl: string) => void
  readonly close: () => void
}

/** Starts it on a free port of localhost. */
export async function startSamlProvider(): Promise<SamlProvider> {
  const { cert, key } = newIdpKey()
  let person = ''
  let acsUrl = ''
  const entityId = 'urn:example:idp'
  const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
  const where = { redirectEndpointPath: '/sso', postEndpointPath: '/sso' }
  const describe = samlp.metadata({ issuer: entityId, cert, ...where })
  const handlerFor = (): Handler =>
    samlp.auth({
      ...{ issuer: entityId, cert, key, destination: acsUrl, recipient: acsUrl },
      nameIdentifierFormat: format,
      getPostURL: (_a: string, _d: unknown, _r: unknown, done: (error: null, url: string) => void) => {
        done(null, acsUrl)
      },
      getUserFromRequest: () => ({
        ...{ id: person, displayName: person, emails: [] },
        name: { givenName: 'A', familyName: 'B' },
      }),
    })
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const handler = url.pathname === '/metadata' ? describe : handlerFor()
    handler(asExpress(request, url), answering(response), error => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  return {
    entityId,
    metadata: async () => (await fetch(`http://localhost:${String(port)}/metadata`)).text(),
    be: email => {
      person = email
    },
    sendTo: url => {
      acsUrl = url
    },
    close: () => server.close(),
  }
}

/** What samlp reads of an Express request. */
function asExpress(request: IncomingMessage, url: URL): object {
  const { method, headers } = request
  return { method, headers, protocol: 'http', query: Object.fromEntries(url.searchParams) }
}

/** What samlp calls of an Express response. */
function answering(response: ServerResponse): object {
  return {
    set: (name: string, value: string) => response.setHeader(name, value),
    send: (body: string | number) => response.end(String(body)),
  }
}
