// ResourceType documents.
import type { ResourceType } from '../attribute.ts'
import { ScimError } from '../error.ts'
import type { Resource } from '../json.ts'

export function resourceTypes(_baseUrl: string, _types: readonly ResourceType[]): readonly Resource[] {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
