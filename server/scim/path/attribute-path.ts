// A resolved attribute path: where a filter, a PATCH, a sort or a selection points.
import type { Attribute } from '../attribute.ts'

/** An attribute, or one of its sub-attributes, found in the schemas of a resource type. */
export interface AttributePath {
  /** URN of the extension that holds the attribute; null for the base schema and `id`, `externalId`, `meta`, `schemas`. */
  readonly schema: string | null
  readonly attribute: Attribute
  readonly sub?: Attribute
  /**
   * Canonical text, good as a table key: `userName`, `name.givenName`, `emails.value`, `id`, `meta.lastModified`,
   * `urn:ietf:params:scim:schemas:extension:Calendly:2.0:User:group`.
   */
  readonly key: string
}

/** Builds a path and its canonical key. */
export function attributePath(schema: string | null, attribute: Attribute, sub?: Attribute): AttributePath {
  const head = schema === null ? attribute.name : `${schema}:${attribute.name}`
  return sub === undefined
    ? { schema, attribute, key: head }
    : { schema, attribute, sub, key: `${head}.${sub.name}` }
}
