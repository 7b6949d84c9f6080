// A browser that walks between Rollcall and an identity provider, and organizations that are connected to one.
import { inflateRawSync } from 'node:zlib'
import { configureSso, type ConfigureSsoInput } from '#server/domain/sso/configure-sso.ts'
import { startSsoTest } from '#server/domain/sso/start-sso-test.ts'
import { ssoAddresses } from '#server/domain/sso/rules/connection.ts'
import type { Service } from '#server/serve.ts'
import type { FakeClock } from '#test/support/fake-clock.ts'
import { publicUrl } from '#test/support/make-app.ts'
import type { TestOrganization } from '#test/support/make-world.ts'
import { encoded, honest, newIdpKey, responseXml, signed, type Said } from '#test/support/saml-pen.ts'
import type { SelfSigned } from '#test/support/self-signed.ts'

export const idp = newIdpKey()
export const idpEntity = 'https://idp.example/entity'
export const idpUrl = 'https://idp.example/sso'

export const details = (changed: Partial<ConfigureSsoInput> = {}): ConfigureSsoInput => ({
  issuer: idpEntity,
  signInUrl: idpUrl,
  certificates: [idp.cert],
  signed: 'assertion',
  nameIdFormat: 'email',
  matchAttribute: null,
  allowIdpInitiated: false,
  signRequests: false,
  allowCbc: false,
  sessionHours: 12,
  ...changed,
})

export interface Answer {
  readonly status: number
  readonly location: string
  readonly cookies: readonly string[]
  readonly body: string
}

export interface Asked {
  readonly orgId: string
  readonly requestId: string
  /** The whole query, as the identity provider gets it. */
  readonly query: URLSearchParams
  /** The same as it is in the address. */
  readonly search: string
  /** What the browser sends along afterwards. */
  readonly cookie: string
}

/** Everything a test does over HTTP. */
export function browserOn(place: { readonly service: Service; readonly clock: FakeClock }) {
  const get = async (url: string, cookie = ''): Promise<Answer> =>
    answerOf(await place.service.app.inject({ method: 'GET', url, headers: { cookie } }))
  const post = async (orgId: string, payload: string): Promise<Answer> =>
    answerOf(
      await place.service.app.inject({
        method: 'POST',
        url: `/saml/${orgId}/acs`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload,
      }),
    )
  const ask = async (orgId: string, url: string, cookie?: string): Promise<Asked> => {
    const answer = await get(url, cookie)
    if (answer.status !== 302) throw new Error(`Not sent to the identity provider: ${answer.body}`)
    const { searchParams: query, search } = new URL(answer.location)
    const xml = inflateRawSync(Buffer.from(query.get('SAMLRequest') ?? '', 'base64')).toString('utf8')
    const requestId = / ID="([^"]+)"/.exec(xml)?.[1] ?? ''
    return { orgId, requestId, query, search, cookie: (answer.cookies[0] ?? '').split(';')[0] ?? '' }
  }
  const said = (asked: Pick<Asked, 'orgId' | 'requestId'>, nameId: string): Said =>
    honest({
      ...ssoAddresses(publicUrl, asked.orgId),
      issuer: idpEntity,
      inResponseTo: asked.requestId,
      nameId,
      now: place.clock.now(),
    })
  const written = (what: Said, by: SelfSigned = idp): string => encoded(signed(responseXml(what), { by }))
  const send = (orgId: string, response: string): Promise<Answer> =>
    post(orgId, new URLSearchParams({ SAMLResponse: response }).toString())
  const test = async (org: TestOrganization): Promise<Asked> => {
    const { ticket } = await startSsoTest(org.owner.ctx)
    return ask(org.orgId, `/saml/${org.orgId}/test/${ticket}`)
  }
  return {
    get,
    post,
    said,
    written,
    send,
    test,
    begin: (org: { orgId: string }, query = '', cookie?: string) =>
      ask(org.orgId, `/saml/${org.orgId}/login${query}`, cookie),
    /** Someone who has a session is asked again. */
    prove: (org: { orgId: string }, cookie: string) => ask(org.orgId, `/saml/${org.orgId}/prove`, cookie),
    /** Brings an answer in and follows the redirect with the browser's cookie. */
    arrive: async (asked: Asked, response: string): Promise<Answer> => {
      const answer = await send(asked.orgId, response)
      return answer.status === 303 ? get(answer.location, asked.cookie) : answer
    },
    /** An organization whose connection has passed its test. */
    connect: async (org: TestOrganization, changed: Partial<ConfigureSsoInput> = {}): Promise<void> => {
      await configureSso(org.owner.ctx, details(changed))
      const asked = await test(org)
      const answer = await get(
        (await send(org.orgId, written(said(asked, org.owner.email)))).location,
        asked.cookie,
      )
      if (answer.status !== 200) throw new Error(`The test did not pass: ${answer.body}`)
    },
  }
}

function answerOf(response: { statusCode: number; headers: Record<string, unknown>; body: string }): Answer {
  const { location, 'set-cookie': cookies } = response.headers
  return {
    status: response.statusCode,
    location: typeof location === 'string' ? location.replace(publicUrl, '') : '',
    cookies: [cookies ?? []].flat().map(String),
    body: response.body,
  }
}
