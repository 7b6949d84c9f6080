// Every endpoint of the SCIM door on one screen: path, method, handler.
import { notInPlan } from '#server/domain/organizations/rules/entitlements.ts'
import { ScimError } from '#server/scim/index.ts'
import { runBulk } from './bulk.ts'
import {
  listResourceTypes,
  listSchemas,
  readResourceType,
  readSchema,
  readServiceProviderConfig,
} from './discovery.ts'
import type { Endpoint, Handler, PublicHandler, Routed } from './endpoint.ts'
import { createGroup, patchGroup, readGroup, removeGroup, replaceGroup, searchGroups } from './groups.ts'
import { searched, searchEverything } from './search.ts'
import { createUser, patchUser, readUser, removeUser, replaceUser, searchUsers } from './users.ts'

type Route = readonly [path: string, methods: Readonly<Record<string, Endpoint>>]

const open = (handle: PublicHandler): Endpoint => ({ access: 'public', handle })
const guarded = (handle: Handler): Endpoint => ({ access: 'token', handle })
/** Answers 403 where the plan has no groups, and 404 where the organization takes none from its identity provider. */
const grouped = (handle: Handler): Endpoint =>
  guarded((call, settings) => {
    if (!call.token.groupsInPlan) return Promise.reject(notInPlan('groups'))
    if (call.token.settings.acceptsGroups) return handle(call, settings)
    const detail =
      'This organization takes no groups. An admin can allow them in Rollcall under Login > User provisioning.'
    return Promise.reject(new ScimError({ status: 404, detail }))
  })
const unimplemented = (detail: string): Endpoint =>
  guarded(() => Promise.reject(new ScimError({ status: 501, detail })))

const me = unimplemented('/Me is not supported: a SCIM token belongs to the organization, not to a person.')

const routes: readonly Route[] = [
  ['/', { GET: guarded(searchEverything) }],
  ['/.search', { POST: guarded(searched(searchEverything)) }],
  ['/Users/.search', { POST: guarded(searched(searchUsers)) }],
  ['/Users', { GET: guarded(searchUsers), POST: guarded(createUser) }],
  [
    '/Users/:id',
    {
      GET: guarded(readUser),
      PUT: guarded(replaceUser),
      PATCH: guarded(patchUser),
      DELETE: guarded(removeUser),
    },
  ],
  ['/Groups/.search', { POST: grouped(searched(searchGroups)) }],
  ['/Groups', { GET: grouped(searchGroups), POST: grouped(createGroup) }],
  [
    '/Groups/:id',
    {
      GET: grouped(readGroup),
      PUT: grouped(replaceGroup),
      PATCH: grouped(patchGroup),
      DELETE: grouped(removeGroup),
    },
  ],
  ['/Me', { GET: me, POST: me, PUT: me, PATCH: me, DELETE: me }],
  ['/Bulk', { POST: guarded((call, settings) => runBulk(call, { settings, route })) }],
  ['/ServiceProviderConfig', { GET: open(readServiceProviderConfig) }],
  ['/ResourceTypes', { GET: open(listResourceTypes) }],
  ['/ResourceTypes/:id', { GET: open(readResourceType) }],
  ['/Schemas', { GET: open(listSchemas) }],
  ['/Schemas/:id', { GET: open(readSchema) }],
]

/** The endpoint for a method and a path below the base URL. HEAD mirrors GET. Throws 404 and 405. */
export function route(method: string, path: string): Routed {
  const segments = path.split('/').filter(segment => segment !== '')
  for (const [pattern, methods] of routes) {
    const params = matchPath(pattern, segments)
    if (params === null) continue
    const allow = allowed(methods)
    if (method === 'OPTIONS') return { allow }
    const endpoint = methods[method === 'HEAD' ? 'GET' : method]
    if (endpoint !== undefined) return { endpoint, params }
    throw new MethodNotAllowed(method, allow)
  }
  throw new ScimError({ status: 404, detail: 'There is no such endpoint. Check the base URL and the path.' })
}

/** 405 with the methods that would have worked. */
export class MethodNotAllowed extends ScimError {
  readonly allow: string

  constructor(method: string, allow: string) {
    super({ status: 405, detail: `${method} is not possible here. Possible: ${allow}.` })
    this.allow = allow
  }
}

function allowed(methods: Readonly<Record<string, Endpoint>>): string {
  const names = Object.keys(methods)
  return names.includes('GET') ? [...names, 'HEAD', 'OPTIONS'].join(', ') : [...names, 'OPTIONS'].join(', ')
}

function matchPath(pattern: string, segments: readonly string[]): Record<string, string> | null {
  const parts = pattern.split('/').filter(part => part !== '')
  if (parts.length !== segments.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = segment
    else if (part !== segment) return null
  }
  return params
}
