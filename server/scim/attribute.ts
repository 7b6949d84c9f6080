// Attribute characteristics as data (RFC 7643 section 2.2 and 7), and the helpers that fill in the RFC's defaults.

export type AttributeType =
  'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'binary' | 'reference' | 'complex'

/** One attribute or sub-attribute with every characteristic spelled out. */
export interface Attribute {
  readonly name: string
  readonly type: AttributeType
  readonly multiValued: boolean
  readonly description: string
  readonly required: boolean
  readonly caseExact: boolean
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'
  readonly returned: 'always' | 'never' | 'default' | 'request'
  readonly uniqueness: 'none' | 'server' | 'global'
  readonly canonicalValues?: readonly string[]
  readonly referenceTypes?: readonly string[]
  readonly subAttributes?: readonly Attribute[]
  /** Longest text taken, in UTF-16 units; longer is `invalidValue`. Ours, not published. */
  readonly maxLength: number
  /** Ours: most elements of the list in one request; without it the limit of every list. */
  readonly maxElements?: number
  /** Ours: what a comparison assumes when the value is absent (RFC 7643 section 2.4 for `primary`). */
  readonly absentMeans?: boolean
  /** Ours: the attribute cannot be unassigned; leaving it out of a PUT keeps it (`active`). */
  readonly lasting?: boolean
  /** Ours: understood in requests but kept out of `/Schemas` (`password`, which is never stored). */
  readonly unlisted?: boolean
}

/** A schema or schema extension (RFC 7643 section 7). */
export interface Schema {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly Attribute[]
}

/** A resource type: a base schema and its extensions (RFC 7643 section 6). */
export interface ResourceType {
  readonly name: string
  readonly endpoint: string
  readonly description: string
  readonly schema: Schema
  readonly extensions: readonly { readonly schema: Schema; readonly required: boolean }[]
}

type Traits = Partial<Omit<Attribute, 'name' | 'description'>>

/** Text limits by type; documented in the README of this folder (DM37). */
const textLimits: Partial<Record<AttributeType, number>> = { reference: 8_192, binary: 65_536 }
const defaultTextLimit = 2_048

/** Defines an attribute; omitted characteristics take the defaults of RFC 7643 section 2.2. */
export function attribute(name: string, description: string, traits: Traits = {}): Attribute {
  const type = traits.type ?? 'string'
  return {
    name,
    type,
    multiValued: false,
    description,
    required: false,
    caseExact: type === 'reference' || type === 'binary',
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    maxLength: textLimits[type] ?? defaultTextLimit,
    ...traits,
  }
}

/** Defines a complex attribute from its sub-attributes. */
export function complex(
  name: string,
  description: string,
  traits: Traits & { readonly subAttributes: readonly Attribute[] },
): Attribute {
  return attribute(name, description, { ...traits, type: 'complex' })
}

/** The sub-attribute with exactly this name, if there is one. */
export function subAttribute(parent: Attribute, name: string): Attribute | undefined {
  return parent.subAttributes?.find(sub => sub.name === name)
}
