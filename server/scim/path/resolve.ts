// Finds what an attribute name means in the schemas of a resource type (RFC 7644 section 3.10).
import type { Attribute, ResourceType, Schema } from '../attribute.ts'
import { metaAttribute, schemasAttribute } from '../schema/every-resource.ts'
import { attributePath, type AttributePath } from './attribute-path.ts'

/** What a name turned out to be. `container` is a schema URN alone. */
export type Resolution =
  | { readonly kind: 'attribute'; readonly path: AttributePath }
  | { readonly kind: 'container'; readonly schema: Schema }
  | { readonly kind: 'unknown' }

type Names = ReadonlyMap<string, Attribute>

interface Container {
  readonly schema: Schema
  /** The URN in lower case. */
  readonly folded: string
  /** Null for the base schema, whose attributes live at the top level. */
  readonly key: string | null
  readonly names: Names
}

const unknown: Resolution = { kind: 'unknown' }
const containersOf = new WeakMap<ResourceType, readonly Container[]>()
const subNamesOf = new WeakMap<Attribute, Names>()

function namesOf(attributes: readonly Attribute[]): Names {
  return new Map(attributes.map(each => [each.name.toLowerCase(), each]))
}

function extensionContainer(schema: Schema): Container {
  return { schema, folded: schema.id.toLowerCase(), key: schema.id, names: namesOf(schema.attributes) }
}

/** The base schema first, then the extensions. Built once per resource type. */
function containers(type: ResourceType): readonly Container[] {
  const known = containersOf.get(type)
  if (known !== undefined) return known
  const base = [...type.schema.attributes, schemasAttribute, metaAttribute]
  const built = [
    { schema: type.schema, folded: type.schema.id.toLowerCase(), key: null, names: namesOf(base) },
    ...type.extensions.map(({ schema }) => extensionContainer(schema)),
  ]
  containersOf.set(type, built)
  return built
}

/** The container a URN names, in any letter case (DM24). */
export function findContainer(urnText: string, type: ResourceType): Container | undefined {
  if (!urnText.includes(':')) return undefined
  const wanted = urnText.toLowerCase()
  return containers(type).find(each => each.folded === wanted)
}

/** An attribute of one container (null: the base schema) by its name in any letter case (DM1). */
export function findAttribute(name: string, key: string | null, type: ResourceType): Attribute | undefined {
  return containers(type)
    .find(each => each.key === key)
    ?.names.get(name.toLowerCase())
}

/** A sub-attribute by its name in any letter case. */
export function findSubAttribute(parent: Attribute, name: string): Attribute | undefined {
  let names = subNamesOf.get(parent)
  if (names === undefined) {
    names = namesOf(parent.subAttributes ?? [])
    subNamesOf.set(parent, names)
  }
  return names.get(name.toLowerCase())
}

/** Splits a leading known schema URN off a name; the rest is empty when the name is the URN alone. */
function splitUrn(name: string, type: ResourceType): { container: Container; rest: string } | undefined {
  if (!name.includes(':')) return undefined
  const lower = name.toLowerCase()
  for (const container of containers(type)) {
    const { folded } = container
    if (lower === folded) return { container, rest: '' }
    if (lower.startsWith(`${folded}:`)) return { container, rest: name.slice(folded.length + 1) }
  }
  return undefined
}

function lookUp(rest: string, container: Container): AttributePath | undefined {
  const dot = rest.indexOf('.')
  const found = container.names.get((dot < 0 ? rest : rest.slice(0, dot)).toLowerCase())
  if (found === undefined || dot < 0) return found && attributePath(container.key, found)
  const sub = findSubAttribute(found, rest.slice(dot + 1))
  return sub && attributePath(container.key, found, sub)
}

/** Where a name without URN may be looked up. */
export interface ResolveOptions {
  /** Also look for names without URN in the extensions (`manager eq "U2"`, F27). */
  readonly anySchema?: boolean
}

/**
 * Resolves `attr`, `attr.sub`, `urn:...:attr.sub` and a bare schema URN. The split follows the known URNs, so the dot
 * in `2.0` does no harm (F12, G2).
 */
export function resolveName(name: string, type: ResourceType, options: ResolveOptions = {}): Resolution {
  const prefixed = splitUrn(name, type)
  if (prefixed?.rest === '') return { kind: 'container', schema: prefixed.container.schema }
  const all = containers(type)
  const places = prefixed ? [prefixed.container] : options.anySchema === true ? all : all.slice(0, 1)
  for (const place of places) {
    const path = lookUp(prefixed?.rest ?? name, place)
    if (path !== undefined) return { kind: 'attribute', path }
  }
  return unknown
}

const nameForm = /^[A-Za-z$][\w$-]*$/

/** Whether a text has the form of an attribute path, known or not (DM2; `$ref` by erratum 8924). */
export function isNameForm(text: string): boolean {
  const parts = text.slice(text.lastIndexOf(':') + 1).split('.')
  if (/^urn:/i.test(text)) return parts.every(part => /^[\w$-]+$/.test(part))
  return !text.includes(':') && parts.length <= 2 && parts.every(part => nameForm.test(part))
}
