// A real identity provider, the library that Auth0 runs: reads our questions and answers them.
import { createRequire } from 'node:module'
import { ssoAddresses } from '#server/domain/sso/rules/connection.ts'
import { publicUrl } from '#test/support/make-app.ts'
import { idp, idpEntity, type Asked } from './browser.ts'

interface Samlp {
  readonly auth: (options: object) => (...call: unknown[]) => void
  readonly parseRequest: (
    request: { query: object },
    options: object,
    done: (error: unknown, read: Record<string, unknown>) => void,
  ) => void
}
const samlp = createRequire(import.meta.url)('samlp') as Samlp

/** What it reads in our question. */
export function readBySamlp(asked: Asked): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    samlp.parseRequest({ query: Object.fromEntries(asked.query) }, {}, (error, read) => {
      if (error instanceof Error) reject(error)
      else resolve(read)
    })
  })
}

/** Its response in base64, for the person of this name; they authenticate as it answers. */
export function answerBySamlp(asked: Asked, id: string): Promise<string> {
  const { acsUrl } = ssoAddresses(publicUrl, asked.orgId)
  return new Promise((resolve, reject) => {
    const answer = samlp.auth({
      issuer: idpEntity,
      cert: idp.cert,
      key: idp.key,
      destination: acsUrl,
      recipient: acsUrl,
      getPostURL: (
        _audience: string,
        _dom: unknown,
        _request: unknown,
        done: (error: null, url: string) => void,
      ) => {
        done(null, acsUrl)
      },
      nameIdentifierFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      getUserFromRequest: () => ({
        id,
        emails: [],
        displayName: 'Ada',
        name: { givenName: 'Ada', familyName: 'Byron' },
      }),
      responseHandler: (xml: Buffer) => {
        resolve(xml.toString('base64'))
      },
    })
    answer({ method: 'GET', query: Object.fromEntries(asked.query) }, {}, reject)
  })
}
