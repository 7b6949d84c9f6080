// The ServiceProviderConfig document (RFC 7643 section 5).
import { ScimError } from '../error.ts'
import type { Resource } from '../json.ts'

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
  /** Left out: bulk is not supported. */
  readonly bulk?: { readonly maxOperations: number; readonly maxPayloadSize: number }
  readonly filterMaxResults: number
  readonly sort: boolean
  readonly etag: boolean
  readonly changePassword?: boolean
  readonly authenticationSchemes: readonly AuthenticationScheme[]
  /** RFC 9865 section 4; left out when only index paging exists. */
  readonly pagination?: {
    readonly cursor: boolean
    readonly index: boolean
    readonly defaultPaginationMethod?: 'cursor' | 'index'
    readonly defaultPageSize?: number
    readonly maxPageSize?: number
    readonly cursorTimeout?: number
  }
}

export function serviceProviderConfig(_features: ServiceProviderFeatures): Resource {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
