// The parsed form of a PATCH: one operation on one attribute, fully resolved and type-checked.
import type { Filter } from '../filter/ast.ts'
import type { Json, JsonObject } from '../json.ts'
import type { AttributePath } from '../path/attribute-path.ts'

/**
 * One change. Operations without a path, on an extension or on a singular complex attribute have already been split
 * into one operation per attribute; values are checked against the schema and in canonical spelling.
 */
export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: AttributePath; readonly value: Json }
  | { readonly op: 'remove'; readonly path: AttributePath }
  | {
      /** Takes away the listed elements only (`path: members, value: [...]`). */
      readonly op: 'removeListed'
      readonly path: AttributePath
      readonly listed: readonly Json[]
    }
  | ElementsOperation

/** A change of the elements that a value filter picks (`emails[type eq "work"].value`). */
export interface ElementsOperation {
  readonly op: 'addToElements' | 'replaceElements' | 'removeElements'
  /** The list; `sub` is set when only that sub-attribute of the elements is meant. */
  readonly path: AttributePath
  readonly filter: Filter
  /** For a `sub` its value, else an object; null unassigns. Absent for `removeElements`. */
  readonly value?: Json
  /** What a new element starts with when nothing matches; null means `noTarget`. */
  readonly seed: JsonObject | null
  /** Strict mode: more than one match is refused. */
  readonly single: boolean
}

/** A parsed PATCH body. `ignored` names what was skipped because no schema knows it. */
export interface PatchRequest {
  readonly operations: readonly PatchOperation[]
  readonly ignored: readonly string[]
}
