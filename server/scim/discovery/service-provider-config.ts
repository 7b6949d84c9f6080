// The ServiceProviderConfig document (RFC 7643 section 5, RFC 9865 section 4).
import type { Json, JsonObject, Resource } from '../json.ts'
import { urn } from '../urn.ts'

export interface AuthenticationScheme {
  readonly type: 'oauth' | 'oauth2' | 'oauthbearertoken' | 'httpbasic' | 'httpdigest'
  readonly name: string
  readonly description: string
  readonly specUri?: string
  readonly documentationUri?: string
  readonly primary?: boolean
}

export interface ServiceProviderFeatures {
  /** Absolute base of the SCIM endpoints, without trailing slash. */
  readonly baseUrl: string
  readonly documentationUri?: string
  /** Left out: bulk is not supported. Sizes in bytes. */
  readonly bulk?: { readonly maxOperations: number; readonly maxPayloadSize: number }
  readonly filterMaxResults: number
  readonly sort: boolean
  readonly etag: boolean
  readonly changePassword?: boolean
  /** Whether this organization is held to the interoperability profile: told only in strict mode (I1). */
  readonly interopProfileConformant?: boolean
  readonly authenticationSchemes: readonly AuthenticationScheme[]
  /** Left out when only index paging exists. `cursorTimeout` in seconds. */
  readonly pagination?: {
    readonly cursor: boolean
    readonly index: boolean
    readonly defaultPaginationMethod?: 'cursor' | 'index'
    readonly defaultPageSize?: number
    readonly maxPageSize?: number
    readonly cursorTimeout?: number
  }
}

/** The document, complete and without nulls (D1 to D6, D15). */
export function serviceProviderConfig(features: ServiceProviderFeatures): Resource {
  const { bulk, pagination, documentationUri } = features
  return {
    schemas: [urn.serviceProviderConfig],
    ...(documentationUri === undefined ? {} : { documentationUri }),
    patch: { supported: true },
    bulk: { supported: bulk !== undefined, ...(bulk ?? { maxOperations: 0, maxPayloadSize: 0 }) },
    filter: { supported: true, maxResults: features.filterMaxResults },
    changePassword: { supported: features.changePassword ?? false },
    sort: { supported: features.sort },
    etag: { supported: features.etag },
    ...(features.interopProfileConformant === true ? { interopProfileConformant: true } : {}),
    ...(pagination === undefined ? {} : { pagination: assigned(pagination) }),
    authenticationSchemes: features.authenticationSchemes.map(scheme => assigned(scheme)),
    meta: { resourceType: 'ServiceProviderConfig', location: `${features.baseUrl}/ServiceProviderConfig` },
  }
}

/** Only the keys that have a value. */
function assigned(source: object): JsonObject {
  const entries = Object.entries(source) as [string, Json | undefined][]
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
