// The SAML door: a Fastify plugin with the addresses that browsers and identity providers come to.
import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PersonActor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { beginProof } from '#server/domain/sso/begin-proof.ts'
import { beginSignIn } from '#server/domain/sso/begin-sign-in.ts'
import { finishSignIn } from '#server/domain/sso/finish-sign-in.ts'
import { openSsoTest } from '#server/domain/sso/open-sso-test.ts'
import { signsIn, ssoAddresses, type SsoConnection } from '#server/domain/sso/rules/connection.ts'
import { proofRefusals, refusal } from '#server/domain/sso/rules/refusal.ts'
import { questionUrl } from './authn-request.ts'
import { browserCookie, type BrowserCookie } from './browser-cookie.ts'
import { ownKeys, ownSigningKey } from './own-keys.ts'
import { ownMetadata } from './own-metadata.ts'
import { pageHtml, pageStyle } from './page.ts'
import type { SamlDoorSettings } from './settings.ts'
import { takeResponse, usableConnection } from './take-response.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const nowhere = '00000000-0000-0000-0000-000000000000'
const styleUrl = '/saml/page.css'
/** A response of 400 kB, with what its form adds. */
const formLimit = 440_000
/** By client address: a whole company may come from one in the morning. */
const rateLimit = { max: 600, timeWindow: 60_000 }

interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly settings: SamlDoorSettings
  readonly cookie: BrowserCookie
  readonly ctx: Context
}

/** Mounts everything below `/saml`. */
export function samlDoor(settings: SamlDoorSettings) {
  const cookie = browserCookie(settings.publicUrl)
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    const form = { parseAs: 'string' as const, bodyLimit: formLimit }
    app.addContentTypeParser('application/x-www-form-urlencoded', form, (_request, body, done) => {
      done(null, body)
    })
    const visit =
      (work: (visit: Visit) => Promise<FastifyReply>) => (request: FastifyRequest, reply: FastifyReply) =>
        work({ request, reply, settings, cookie, ctx: contextOf(request, settings) })
    const limited = { exposeHeadRoute: false, config: { rateLimit } }
    app.get(styleUrl, (_request, reply) => reply.type('text/css; charset=utf-8').send(pageStyle))
    app.get('/saml/:orgId/metadata', limited, visit(describe))
    app.get('/saml/:orgId/certificate', limited, visit(certify))
    app.get('/saml/:orgId/login', limited, visit(login))
    app.get('/saml/:orgId/test/:ticket', limited, visit(test))
    app.get('/saml/:orgId/prove', limited, visit(prove))
    app.post('/saml/:orgId/acs', { ...limited, bodyLimit: formLimit }, visit(consume))
    app.get('/saml/:orgId/finish', limited, visit(finish))
    app.setErrorHandler<Error>((error, request, reply) => explain(error, { request, reply, settings }))
    await app.after()
  }
}

function contextOf(request: FastifyRequest, settings: SamlDoorSettings): Context {
  const { orgId = '' } = request.params as { orgId?: string }
  const client = request.headers['user-agent']?.slice(0, 300) ?? null
  const origin = { requestId: request.id, ip: request.ip, client }
  return settings.contextFor(uuid.test(orgId) ? orgId : nowhere, {
    kind: 'anonymous',
    name: 'Someone',
    origin,
  })
}

/** The id in the address is the only thing to know; an organization that does not exist looks like one without a key. */
async function describe({ reply, ctx, settings }: Visit): Promise<FastifyReply> {
  const { keys, signsRequests } = await ownKeys(ctx)
  const certificates = keys.map(({ certificate }) => certificate)
  const addresses = ssoAddresses(settings.publicUrl, ctx.orgId)
  return download(reply, {
    type: 'application/samlmetadata+xml; charset=utf-8',
    name: 'rollcall-metadata.xml',
    text: ownMetadata({ ...addresses, certificates, signsRequests }),
  })
}

/** The newest: what an identity provider is to learn. */
async function certify({ reply, ctx }: Visit): Promise<FastifyReply> {
  const newest = (await ownKeys(ctx)).keys.at(-1)
  if (newest === undefined) throw refusal('no-certificate')
  const lines = newest.certificate.replace(/.{64}/g, '$&\n').trimEnd()
  return download(reply, {
    type: 'application/x-pem-file',
    name: 'rollcall-certificate.pem',
    text: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  })
}

function download(reply: FastifyReply, file: { type: string; name: string; text: string }): FastifyReply {
  const headers = {
    'content-type': file.type,
    'content-disposition': `attachment; filename="${file.name}"`,
    'cache-control': 'no-cache',
  }
  return reply.headers(headers).send(file.text)
}

async function login(visit: Visit): Promise<FastifyReply> {
  const connection = await usableConnection(visit.ctx)
  if (!signsIn(connection.status)) throw refusal('not-set-up')
  const wanted = (visit.request.query as { return?: unknown }).return
  const browser = browserOf(visit)
  const { requestId } = await beginSignIn(visit.ctx, {
    browser,
    revision: connection.revision,
    wanted: typeof wanted === 'string' ? wanted : undefined,
  })
  return ask(visit, { connection, requestId, browser })
}

async function test(visit: Visit): Promise<FastifyReply> {
  const connection = await usableConnection(visit.ctx)
  const { ticket } = visit.request.params as { ticket: string }
  const browser = browserOf(visit)
  const { requestId } = await openSsoTest(visit.ctx, { ticket, browser })
  return ask(visit, { connection, requestId, browser })
}

/** Asks about the session of this browser, and wants an answer that is not from memory (S82). */
async function prove(visit: Visit): Promise<FastifyReply> {
  const connection = await usableConnection(visit.ctx)
  if (!signsIn(connection.status)) throw refusal('not-set-up')
  const actor = await signedIn(visit)
  if (actor === null) throw refusal('session-ended')
  const browser = browserOf(visit)
  const { requestId } = await beginProof({ ...visit.ctx, actor }, { browser, revision: connection.revision })
  return ask(visit, { connection, requestId, browser, forceAuthn: true })
}

/** Who has the session of this browser, if it is one of this organization. */
async function signedIn({ request, ctx, settings }: Visit): Promise<PersonActor | null> {
  const person = await settings.personOf(request.headers.cookie, ctx.actor.origin)
  return person?.orgId === ctx.orgId ? person : null
}

/** The same for all tabs of a browser, so that one does not spoil the sign-in of another. */
function browserOf({ request, cookie }: Visit): string {
  return cookie.read(request.headers.cookie) ?? randomBytes(32).toString('base64url')
}

async function ask(
  { reply, ctx, settings, cookie }: Visit,
  question: { connection: SsoConnection; requestId: string; browser: string; forceAuthn?: boolean },
): Promise<FastifyReply> {
  const signingKey = question.connection.signRequests ? await ownSigningKey(ctx) : null
  const addresses = ssoAddresses(settings.publicUrl, ctx.orgId)
  const url = await questionUrl({ forceAuthn: false, ...question, ...addresses, signingKey })
  return unstored(reply).header('set-cookie', cookie.write(question.browser)).redirect(url, 302)
}

/** The identity provider's POST comes from another site: no cookie of ours is with it, so nothing ends here. */
async function consume({ request, reply, ctx, settings }: Visit): Promise<FastifyReply> {
  const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
  const [encoded, second] = form.getAll('SAMLResponse')
  if (encoded === undefined || second !== undefined) throw refusal('unreadable')
  const taken = await takeResponse(ctx, { encoded, publicUrl: settings.publicUrl })
  const { finishUrl, signInUrl } = ssoAddresses(settings.publicUrl, ctx.orgId)
  return unstored(reply).redirect(
    taken.kind === 'finish' ? `${finishUrl}?handle=${taken.handle}` : signInUrl,
    303,
  )
}

async function finish(visit: Visit): Promise<FastifyReply> {
  const { request, reply, ctx, settings, cookie } = visit
  const { handle } = request.query as { handle?: unknown }
  if (typeof handle !== 'string') throw refusal('unknown-request')
  const browser = cookie.read(request.headers.cookie)
  const done = await finishSignIn(ctx, { handle, browser, signedIn: await signedIn(visit) })
  if (done.kind === 'proven') return show(visit, provenPage)
  if (done.kind === 'tested') {
    const page = {
      title: 'The test passed',
      message: `${done.message} Close this tab and go on in Rollcall.`,
    }
    return show({ request, reply }, { ...page, status: 200 })
  }
  const { secret, expiresAt } = done.session
  return unstored(reply)
    .header('set-cookie', settings.sessionCookie(secret, expiresAt))
    .redirect(`${settings.publicUrl}${done.returnPath}`, 303)
}

const provenPage = {
  status: 200,
  title: 'Confirmed',
  message: 'Confirmed. Close this tab. What you wanted to do goes on in the tab where you began.',
}

function unstored(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store')
}

type Asked = Pick<Visit, 'request' | 'reply'>

function show(
  { request, reply }: Asked,
  { status, ...page }: { status: number; title: string; message: string },
): FastifyReply {
  const html = pageHtml({ ...page, requestId: request.id, at: new Date() }, styleUrl)
  return unstored(reply).code(status).type('text/html; charset=utf-8').send(html)
}

const hostWords: Readonly<Record<string, [status: number, message: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, refusal('too-large').message],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, refusal('unreadable').message],
}

function explain(error: Error, visit: Asked & Pick<Visit, 'settings'>): FastifyReply {
  const { code = '', statusCode } = error as { code?: string; statusCode?: number }
  const title = proofRefusals.has(code) ? 'Not confirmed' : 'You are not signed in'
  const [status, message] = hostWords[code] ?? [0, '']
  if (status !== 0) return show(visit, { status, title, message })
  if (error instanceof DomainError) return show(visit, { status: 403, title, message: error.message })
  if (statusCode === 429)
    return show(visit, {
      status: 429,
      title,
      message: 'Too many sign-ins come from your network. Try again in a minute.',
    })
  if (visit.settings.isUnavailable(error))
    return show(visit, {
      status: 503,
      title,
      message: 'Rollcall is busy or restarting. Try again in a few seconds.',
    })
  visit.request.log.error({ err: error }, 'Sign-in failed')
  return show(visit, {
    status: 500,
    title,
    message:
      'Something went wrong in Rollcall. Try again; if it stays, tell your operator the request id below.',
  })
}
