// Calls the SCIM door as an identity provider does: an organization's base URL and its bearer token.
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import type { Clock } from '#server/domain/context.ts'
import { configureProvisioning } from '#server/domain/organizations/configure-provisioning.ts'
import type { ConfigureProvisioningInput } from '#server/domain/organizations/configure-provisioning.ts'
import { urn, type Json, type Resource } from '#server/scim/index.ts'
import type { Service } from '#server/serve.ts'
import type { World } from '#server/world.ts'
import { makeService, publicUrl } from '#test/support/make-app.ts'
import {
  makeWorld,
  newOrganization,
  type NewTestOrganization,
  type TestOrganization,
} from '#test/support/make-world.ts'

export const USER = urn.user
export const ENT = urn.enterpriseUser
export const CAL = urn.calendlyUser
export const PATCH_OP = urn.patchOp
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'
export const LIST = urn.listResponse

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

export interface Asked {
  readonly method: Method
  /** Below the base URL, query included. */
  readonly path: string
  /** Sent as JSON unless it is text or bytes already. */
  readonly body?: unknown
  /** Undefined takes a usual header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>
}

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The parsed body; an empty object when there is none. */
  readonly body: Resource
  readonly text: string
}

type Headers = Asked['headers']

export interface Tenant {
  readonly org: TestOrganization
  readonly base: string
  readonly call: (asked: Asked) => Promise<Answered>
  readonly get: (path: string, headers?: Headers) => Promise<Answered>
  readonly post: (path: string, body: unknown, headers?: Headers) => Promise<Answered>
  readonly put: (path: string, body: unknown, headers?: Headers) => Promise<Answered>
  /** PATCH with these operations. */
  readonly patch: (path: string, operations: unknown, headers?: Headers) => Promise<Answered>
  readonly remove: (path: string, headers?: Headers) => Promise<Answered>
  /** Creates a person and answers the id; anything else than 201 fails the test. */
  readonly make: (resource?: Resource) => Promise<string>
  /** userNames, in the order of the list. */
  readonly find: (filter: string) => Promise<readonly string[]>
}

export interface Door {
  readonly world: World
  readonly service: Service
  readonly tenant: (wanted?: NewTestOrganization & ConfigureProvisioningInput) => Promise<Tenant>
  /** One organization for all tests of a file that do not mind company. */
  readonly shared: () => Promise<Tenant>
}

/** A service for the tests of one file. */
export function useDoor({ clock, ...options }: { rate?: number; clock?: Clock } = {}): Door {
  let made: { world: World; service: Service } | undefined
  beforeAll(async () => {
    made = await makeService({ ...options, world: await makeWorld(clock === undefined ? {} : { clock }) })
  })
  afterAll(() => made?.service.close())
  const open = (): { world: World; service: Service } => {
    if (made === undefined) throw new Error('The door opens when the tests begin.')
    return made
  }
  let shared: Promise<Tenant> | undefined
  return {
    shared() {
      shared ??= this.tenant()
      return shared
    },
    get world() {
      return open().world
    },
    get service() {
      return open().service
    },
    tenant: async (wanted = {}) => {
      const { world, service } = open()
      const org = await newOrganization(world, wanted)
      const { plan: _plan, seats: _seats, enforced: _enforced, scopes: _scopes, ...settings } = wanted
      if (Object.keys(settings).length > 0) await configureProvisioning(org.owner.ctx, settings)
      return tenantOf(service, org)
    },
  }
}

let names = 0

/** The least that makes a person, with a userName of its own. */
export function person(resource: Record<string, Json> = {}): Resource {
  names += 1
  return { schemas: [USER], userName: `person-${String(names)}@ex.org`, ...resource }
}

export function tenantOf(service: Service, org: TestOrganization): Tenant {
  const path = `/scim/v2/${org.orgId}`
  const call = (asked: Asked): Promise<Answered> =>
    send(service, {
      ...asked,
      path: path + asked.path,
      headers: { authorization: `Bearer ${org.scimToken.secret}`, ...asked.headers },
    })
  const post: Tenant['post'] = (to, body, headers = {}) => call({ method: 'POST', path: to, body, headers })
  const get: Tenant['get'] = (from, headers = {}) => call({ method: 'GET', path: from, headers })
  return {
    org,
    base: publicUrl + path,
    call,
    get,
    post,
    put: (to, body, headers = {}) => call({ method: 'PUT', path: to, body, headers }),
    patch: (to, Operations, headers = {}) =>
      call({ method: 'PATCH', path: to, body: { schemas: [PATCH_OP], Operations }, headers }),
    remove: (what, headers = {}) => call({ method: 'DELETE', path: what, headers }),
    make: async (resource = person()) => {
      const { status, body, text } = await post('/Users', { schemas: [USER], ...resource })
      expect(status, text).toBe(201)
      return idOf(body)
    },
    find: async filter => {
      const { status, body, text } = await get(`/Users?count=500&filter=${encodeURIComponent(filter)}`)
      expect(status, text).toBe(200)
      return resourcesOf(body).map(each => textOf(each['userName']))
    },
  }
}

/** Sends a request as it is; `path` from the root of the server on. */
export async function send(service: Service, asked: Asked): Promise<Answered> {
  const { method, path, body } = asked
  const raw = typeof body === 'string' || Buffer.isBuffer(body)
  const usual = body === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }
  const given = Object.entries<string | undefined>({ ...usual, ...asked.headers })
  const headers = Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >
  const payload = body === undefined ? {} : { payload: raw ? body : JSON.stringify(body) }
  const response = await service.app.inject({ method, url: path, headers, ...payload })
  const packed = response.headers['content-encoding'] === 'gzip'
  const text = packed ? gunzipSync(response.rawPayload).toString() : response.body
  const json = /json/.test(String(response.headers['content-type'])) && text !== ''
  return {
    status: response.statusCode,
    headers: response.headers as Answered['headers'],
    body: json ? (JSON.parse(text) as Resource) : {},
    text,
  }
}

export function idOf(body: Resource): string {
  expect(body['id']).toBeTypeOf('string')
  return textOf(body['id'])
}

/** A text as it is, anything else as JSON. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

export function resourcesOf(body: Resource): readonly Resource[] {
  return body['Resources'] as unknown as readonly Resource[]
}

/** The whole shape of a SCIM error (ER1, ER2). */
export function expectError(answer: Answered, status: number, scimType?: string): void {
  expect(answer.status, answer.text).toBe(status)
  expect(answer.headers['content-type']).toBe('application/scim+json; charset=utf-8')
  expect(answer.body['schemas']).toEqual([ERROR])
  expect(answer.body['status']).toBe(String(status))
  expect(answer.body['scimType']).toBe(scimType)
  expect(textOf(answer.body['detail']).length).toBeGreaterThan(10)
}

/** The organization's exchanges, once as many are written down; oldest first. */
export async function exchangesOf(world: World, tenant: Tenant, count: number) {
  const { orgId } = tenant.org
  const { db } = world.contextFor(orgId, tenant.org.owner.actor)
  return vi.waitFor(
    async () => {
      const rows = await db.exchange.findMany({ where: { orgId }, orderBy: { sequence: 'asc' } })
      expect(rows.length).toBeGreaterThanOrEqual(count)
      return rows
    },
    { timeout: 5_000, interval: 10 },
  )
}
