// The parsed form of a PATCH: one operation on one attribute, fully resolved and type-checked.
import type { Tolerate } from '../dialect/deviation.ts'
import type { Filter } from '../filter/ast.ts'
import type { Json, JsonObject } from '../json.ts'
import type { AttributePath } from '../path/attribute-path.ts'

/**
 * One change. Operations without a path, on an extension or on a singular complex attribute have already been split
 * into one operation per attribute; values are checked against the schema and in canonical spelling. The value of a
 * list is an array.
 */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: AttributePath; readonly value: Json }
  | { readonly op: 'remove'; readonly path: AttributePath }
  | {
      /** Takes away the listed elements only (Q13). */
      readonly op: 'removeListed'
      readonly path: AttributePath
      readonly listed: readonly Json[]
    }
  | ElementsOperation

/** A change of the elements that a value filter picks (`emails[type eq "work"].value`). */
export type ElementsOperation =
  | {
      readonly op: 'addToElements' | 'replaceElements'
      /** The list; `sub` is set when only that sub-attribute of the elements is meant. */
      readonly path: AttributePath
      /** Null means every element (`emails.value` without brackets). */
      readonly filter: Filter | null
      /** The value of `sub`, else an object of parts. */
      readonly value: Json
      /** What a new element starts with when nothing matches; null means `noTarget`. */
      readonly seed: JsonObject | null
      /** Strict mode: more than one match is refused. */
      readonly single: boolean
      /** Hears that an element was made because nothing matched. */
      readonly tolerate: Tolerate
    }
  | {
      readonly op: 'removeElements'
      readonly path: AttributePath
      readonly filter: Filter | null
      readonly single: boolean
    }

/** A parsed PATCH body. `ignored` names what was skipped because no schema knows it (H13). */
export interface PatchRequest {
  readonly operations: readonly PatchOperation[]
  readonly ignored: readonly string[]
}
