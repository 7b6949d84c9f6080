// The SCIM requests of the demonstration's year, shaped as Entra ID and Okta send them.
import { v7 } from 'uuid'
import type { NewExchange } from '#server/domain/provisioning-log/rules/exchange.ts'
import { redactedBody, redactedHeaders } from '#server/domain/provisioning-log/rules/redact.ts'
import { columnsOf } from '#server/domain/users/rules/columns.ts'
import { isActive, userNameOf } from '#server/domain/users/rules/user.ts'
import {
  listResponse,
  normalizePatchBody,
  urn,
  weakTag,
  type Json,
  type Resource,
} from '#server/scim/index.ts'
import type { Dice } from './demo-dice.ts'
import type { DemoPerson, DemoStep } from './demo-people.ts'

/** An identity provider as the log knows it. */
export interface Caller {
  readonly provider: 'entra' | 'okta'
  readonly token: { readonly id: string; readonly name: string }
  readonly client: string | null
  readonly ip: string
}

export interface Request {
  readonly caller: Caller
  readonly at: Date
  readonly dice: Dice
}

/** A person as they were at a moment. */
export interface Sitter {
  readonly id: string
  readonly document: Resource
  readonly active: boolean
}

export function sitterAt(person: DemoPerson, step: DemoStep): Sitter {
  return { id: person.id, document: step.document, active: isActive(step.status) }
}

/** What the provider sends for one step of a person's life; the last exchange is the one that changes something. */
export function exchangesOfStep(request: Request, person: DemoPerson, step: DemoStep): NewExchange[] {
  const sitter = sitterAt(person, step)
  const before = { ...request, at: new Date(request.at.getTime() - request.dice.between(120, 900)) }
  switch (step.kind) {
    case 'created':
      return [lookup(before, sitter, { found: false }), creation(request, sitter)]
    case 'updated':
      return [lookup(before, sitter, { found: true }), change(request, sitter, step)]
    case 'deactivated':
    case 'reactivated':
      return [change(request, sitter, step)]
    case 'deleted':
      return [
        exchange(request, sitter, {
          method: 'DELETE',
          path: pathOf(sitter),
          status: 204,
          summary: `Deleted ${nameOf(sitter)}`,
        }),
      ]
    default:
      return []
  }
}

/** The daily look whether someone is still there. */
export function lookup(request: Request, sitter: Sitter, answer: { found: boolean }): NewExchange {
  const filter = `userName eq "${userNameOf(sitter.document)}"`
  const page = request.caller.provider === 'okta' ? '&startIndex=1&count=100' : ''
  const resources = answer.found ? [resourceOf(sitter)] : []
  const body = listResponse({ resources, totalResults: resources.length, startIndex: 1 })
  return exchange(request, answer.found ? sitter : null, {
    method: 'GET',
    path: '/Users',
    query: `filter=${encodeURIComponent(filter)}${page}`,
    status: 200,
    answer: body,
    summary: `Looked for ${filter}: ${answer.found ? '1 person' : 'no one'}`,
  })
}

/** Body of a POST in the provider's style. */
export function newResource(caller: Caller, sitter: Sitter): Resource {
  const schemas = [urn.user, urn.enterpriseUser]
  if (caller.provider === 'okta') return { schemas, ...sitter.document, active: true, groups: [] }
  return { schemas, ...sitter.document, active: true, meta: { resourceType: 'User' }, roles: [] }
}

function creation(request: Request, sitter: Sitter): NewExchange {
  return exchange(request, sitter, {
    method: 'POST',
    path: '/Users',
    status: 201,
    body: newResource(request.caller, sitter),
    answer: resourceOf(sitter),
    summary: `Created ${nameOf(sitter)}`,
  })
}

function change(request: Request, sitter: Sitter, step: DemoStep): NewExchange {
  const put = request.caller.provider === 'okta' && step.kind === 'updated'
  const verb = { deactivated: 'Deactivated', reactivated: 'Reactivated' }[step.kind as string] ?? 'Changed'
  const body = put ? resourceOf(sitter) : patchBody(request.caller, step)
  return {
    ...exchange(request, sitter, {
      method: put ? 'PUT' : 'PATCH',
      path: pathOf(sitter),
      status: 200,
      body,
      answer: resourceOf(sitter),
      summary: `${verb} ${nameOf(sitter)}`,
    }),
    changes: step.changes,
    quirks: put ? [] : normalizePatchBody(body).quirks,
  }
}

function patchBody(caller: Caller, step: DemoStep): Resource {
  const message = (operations: Json): Resource => ({ schemas: [urn.patchOp], Operations: operations })
  if (caller.provider === 'okta')
    return message([{ op: 'replace', value: { active: isActive(step.status) } }])
  return message(
    step.changes.map(({ path, after }) => {
      if (typeof after === 'boolean') return { op: 'Replace', path, value: after ? 'True' : 'False' }
      return after === null ? { op: 'Remove', path } : { op: 'Replace', path, value: after as Json }
    }),
  )
}

export interface Told {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly summary: string
  readonly query?: string
  readonly scimType?: string
  readonly body?: Resource
  readonly answer?: Resource
}

/** The row of one request; times are those of a small server. */
export function exchange(request: Request, sitter: Sitter | null, told: Told): NewExchange {
  const { caller, dice } = request
  const type = told.body === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }
  const agent = caller.client === null ? {} : { 'user-agent': caller.client, 'accept-charset': 'utf-8' }
  return {
    id: v7({ msecs: request.at.getTime() }),
    occurredAt: request.at,
    token: caller.token,
    method: told.method,
    path: told.path,
    query: told.query ?? null,
    status: told.status,
    scimType: told.scimType ?? null,
    durationMs:
      Math.round((told.method === 'GET' ? 120 : 300) * (1 + 3 * dice.share() ** 6) + dice.share() * 200) /
      100,
    identityProvider: caller.provider,
    client: caller.client,
    ip: caller.ip,
    userId: sitter?.id ?? null,
    summary: told.summary,
    requestHeaders: redactedHeaders({ accept: 'application/scim+json', ...type, ...agent }),
    requestBody: redactedBody(told.body),
    responseBody: redactedBody(told.answer),
    changes: null,
    quirks: [],
    changedNothing: false,
  }
}

export function pathOf(sitter: Sitter): string {
  return `/Users/${sitter.id}`
}

export function nameOf(sitter: Sitter): string {
  return columnsOf(sitter.document).displayName
}

/** The resource as the answer showed it. */
export function resourceOf(sitter: Sitter): Resource {
  const schemas = [
    urn.user,
    ...[urn.enterpriseUser, urn.calendlyUser].filter(name => name in sitter.document),
  ]
  const meta = { resourceType: 'User', location: pathOf(sitter).slice(1), version: weakTag(1) }
  return { schemas, id: sitter.id, ...sitter.document, active: sitter.active, meta }
}
