// The discovery endpoints: what this server can do, readable without credentials (RFC 7644 section 4).
import {
  findDocument,
  listResponse,
  resourceTypes,
  schemas,
  ScimError,
  serviceProviderConfig,
  userType,
  type Resource,
} from '#server/scim/index.ts'
import type { Answer, Call } from './call.ts'
import { pageLimits } from './users.ts'

const types = [userType]

/** GET /ServiceProviderConfig. */
export function readServiceProviderConfig(call: Call): Answer {
  const body = serviceProviderConfig({
    baseUrl: call.baseUrl,
    filterMaxResults: pageLimits.maxCount,
    sort: true,
    etag: true,
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'A token that an admin generates in Rollcall under Login > User provisioning.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
  })
  return { status: 200, body }
}

/** GET /ResourceTypes. */
export function listResourceTypes(call: Call): Answer {
  refuseFilter(call)
  return list(resourceTypes(call.baseUrl, types))
}

/** GET /ResourceTypes/{name}. */
export function readResourceType(call: Call): Answer {
  return one(call, resourceTypes(call.baseUrl, types))
}

/** GET /Schemas. */
export function listSchemas(call: Call): Answer {
  refuseFilter(call)
  return list(schemas(call.baseUrl, types))
}

/** GET /Schemas/{urn}. */
export function readSchema(call: Call): Answer {
  return one(call, schemas(call.baseUrl, types))
}

function list(resources: readonly Resource[]): Answer {
  return { status: 200, body: listResponse({ resources, totalResults: resources.length, startIndex: 1 }) }
}

function one(call: Call, documents: readonly Resource[]): Answer {
  const document = findDocument(documents, call.params['id'] ?? '')
  if (document === undefined) throw new ScimError({ status: 404, detail: 'There is no such document here.' })
  return { status: 200, body: document }
}

function refuseFilter(call: Call): void {
  if (!call.query.has('filter')) return
  throw new ScimError({ status: 403, detail: 'Discovery cannot be filtered. Leave "filter" out.' })
}
