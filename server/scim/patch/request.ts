// Parses a PATCH body into operations (RFC 7644 section 3.5.2).
import type { ResourceType } from '../attribute.ts'
import { ScimError } from '../error.ts'
import type { PatchRequest } from './operation.ts'

export interface PatchOptions {
  readonly strict?: boolean
}

export function parsePatch(_body: unknown, _type: ResourceType, _options: PatchOptions = {}): PatchRequest {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
