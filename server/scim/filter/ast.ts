// The parsed form of a filter (RFC 7644 section 3.4.2.2).
import type { AttributePath } from '../path/attribute-path.ts'

export type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'

/** A typed literal: dateTime and reference values are strings, checked when parsed. */
export type Literal = string | number | boolean | null

/**
 * A filter. `and` and `or` hold two or more terms and never a term of their own kind.
 * In `compare`, a path to a complex attribute without sub-attribute only occurs with `eq` / `ne` and null; otherwise
 * `emails eq "x"` has already become the path `emails.value`. `null` only occurs with `eq` and `ne`.
 * In `elements` (`emails[...]`), the paths inside name the same attribute with a sub-attribute.
 * `never` stands for a condition on an attribute that the type does not have; only in queries over several types.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly kind: 'not'; readonly term: Filter }
  | { readonly kind: 'never' }
  | {
      readonly kind: 'compare'
      readonly path: AttributePath
      readonly operator: Comparison
      readonly value: Literal
    }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | { readonly kind: 'elements'; readonly path: AttributePath; readonly filter: Filter }
