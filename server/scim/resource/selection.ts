// Which attributes an answer shows (RFC 7644 section 3.9).
import type { ResourceType } from '../attribute.ts'
import { ScimError } from '../error.ts'

/** The parameters as they came: a comma-separated text (query) or an array (.search body). */
export interface SelectionParameters {
  readonly attributes?: unknown
  readonly excludedAttributes?: unknown
}

/** Keys are those of AttributePath, an extension URN alone stands for its whole container. */
export type Selection =
  | { readonly kind: 'default' }
  | { readonly kind: 'only'; readonly keys: ReadonlySet<string> }
  | { readonly kind: 'except'; readonly keys: ReadonlySet<string> }

export function parseSelection(_parameters: SelectionParameters, _type: ResourceType): Selection {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}

/** Whether anything of the attribute with this key (`groups`, `members`) will be shown, so that callers load no more. */
export function isSelected(_selection: Selection, _key: string): boolean {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
