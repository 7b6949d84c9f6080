// The discovery endpoints: what this server can do, readable without credentials (RFC 7644 section 4).
import { oauthAddresses } from '#server/domain/oauth-clients/rules/addresses.ts'
import { tellFeatures } from '#server/domain/organizations/tell-features.ts'
import {
  findDocument,
  groupType,
  listResponse,
  resourceTypes,
  schemas,
  ScimError,
  serviceProviderConfig,
  userType,
  type Resource,
  type ResourceType,
} from '#server/scim/index.ts'
import type { Answer, Call } from './call.ts'
import { cursorTimeout, pageLimits } from './list-request.ts'
import { bodyLimit, maxOperations } from './read-body.ts'
import type { ScimDoorSettings } from './settings.ts'

function featuresOf(call: Call, settings: ScimDoorSettings): ReturnType<typeof tellFeatures> {
  const origin = { requestId: call.request.id, ip: call.request.ip, client: null }
  return tellFeatures(settings.contextFor(call.orgId, { kind: 'anonymous', name: 'Someone', origin }))
}

/** Groups are told only where they are taken. */
async function typesOf(call: Call, settings: ScimDoorSettings): Promise<readonly ResourceType[]> {
  const { acceptsGroups } = await featuresOf(call, settings)
  return acceptsGroups ? [userType, groupType] : [userType]
}

/** GET /ServiceProviderConfig. */
export async function readServiceProviderConfig(call: Call, settings: ScimDoorSettings): Promise<Answer> {
  const { strict } = await featuresOf(call, settings)
  const body = serviceProviderConfig({
    interopProfileConformant: strict,
    baseUrl: call.baseUrl,
    bulk: { maxOperations, maxPayloadSize: bodyLimit },
    filterMaxResults: pageLimits.maxCount,
    sort: true,
    etag: true,
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: pageLimits.defaultCount,
      maxPageSize: pageLimits.maxCount,
      cursorTimeout,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'A token that an admin generates in Rollcall under Login > User provisioning.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
      {
        type: 'oauth2',
        name: 'OAuth 2.0 Client Credentials',
        description: `Short-lived access tokens from ${oauthAddresses(settings.publicUrl, call.orgId).tokenUrl}, for an OAuth client that an admin creates in Rollcall under Login > User provisioning.`,
        specUri: 'https://www.rfc-editor.org/info/rfc6749',
        primary: false,
      },
    ],
  })
  return { status: 200, body }
}

/** GET /ResourceTypes. */
export async function listResourceTypes(call: Call, settings: ScimDoorSettings): Promise<Answer> {
  refuseFilter(call)
  return list(resourceTypes(call.baseUrl, await typesOf(call, settings)))
}

/** GET /ResourceTypes/{name}. */
export async function readResourceType(call: Call, settings: ScimDoorSettings): Promise<Answer> {
  return one(call, resourceTypes(call.baseUrl, await typesOf(call, settings)))
}

/** GET /Schemas. */
export async function listSchemas(call: Call, settings: ScimDoorSettings): Promise<Answer> {
  refuseFilter(call)
  return list(schemas(call.baseUrl, await typesOf(call, settings)))
}

/** GET /Schemas/{urn}. */
export async function readSchema(call: Call, settings: ScimDoorSettings): Promise<Answer> {
  return one(call, schemas(call.baseUrl, await typesOf(call, settings)))
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
