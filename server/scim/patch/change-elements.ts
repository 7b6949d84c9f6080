// Changes the elements of one list that a value filter picks.
import { refusal } from '../error.ts'
import { elementMatches } from '../filter/matches.ts'
import { isJsonObject, sameJson, type Json, type JsonObject } from '../json.ts'
import type { AttributePath } from '../path/attribute-path.ts'
import { isHollow, settlePrimary, tidyList } from '../resource/elements.ts'
import type { ElementsOperation } from './operation.ts'

type Writing = Exclude<ElementsOperation, { op: 'removeElements' }>

/** The list after the operation; the same list when nothing matches a removal. */
export function changeElements(list: readonly Json[], operation: ElementsOperation): readonly Json[] {
  const { filter, single, path } = operation
  const picked = new Set(
    list.flatMap((element, at) => (filter === null || elementMatches(filter, element) ? [at] : [])),
  )
  if (single && picked.size > 1)
    throw refusal('invalidFilter', `The filter on ${path.attribute.name} matches several elements.`)
  return operation.op === 'removeElements' ? removePicked(list, picked, path) : write(list, picked, operation)
}

/** Whole elements go, or one part of them; an element left without content goes too (H31). */
function removePicked(
  list: readonly Json[],
  picked: ReadonlySet<number>,
  path: AttributePath,
): readonly Json[] {
  const { sub } = path
  return list.flatMap((element, at) => {
    if (!picked.has(at)) return [element]
    if (sub === undefined || !isJsonObject(element)) return []
    if (!Object.hasOwn(element, sub.name)) return [element]
    if (sub.mutability === 'immutable') throw refusal('mutability', `${path.key} cannot be changed.`)
    const { [sub.name]: _gone, ...rest } = element
    return isHollow(rest) ? [] : [rest]
  })
}

/** Writes to every match, or makes a new element where the filter allows it (Q14). */
function write(list: readonly Json[], picked: ReadonlySet<number>, operation: Writing): readonly Json[] {
  const { path, seed } = operation
  if (picked.size > 0) {
    const written = list.map((element, at) => (picked.has(at) ? writeElement(element, operation) : element))
    return tidyList(settlePrimary(written, picked))
  }
  if (seed === null) {
    throw refusal(
      'noTarget',
      `No element of ${path.attribute.name} matches the filter in the path. Add one first.`,
    )
  }
  if (operation.filter !== null) operation.tolerate('element-created', path.attribute.name)
  return settlePrimary([...list, merged(seed, operation)], new Set([list.length]))
}

function writeElement(element: Json, operation: Writing): Json {
  const before: JsonObject = isJsonObject(element) ? element : {}
  const replacesWhole = operation.op === 'replaceElements' && operation.path.sub === undefined
  const after = merged(replacesWhole ? (operation.seed ?? {}) : before, operation)
  refuseImmutable(before, after, operation.path)
  return after
}

function merged(base: JsonObject, { path, value }: Writing): JsonObject {
  if (path.sub !== undefined) return { ...base, [path.sub.name]: value }
  return isJsonObject(value) ? { ...base, ...value } : base
}

function refuseImmutable(before: JsonObject, after: JsonObject, path: AttributePath): void {
  for (const { name, mutability } of path.attribute.subAttributes ?? []) {
    if (mutability === 'immutable' && before[name] !== undefined && !sameJson(before[name], after[name])) {
      throw refusal('mutability', `${path.attribute.name}.${name} cannot be changed.`)
    }
  }
}

/** Without the listed elements: those with the same `value`, or, where there is none, with all the listed parts (Q13). */
export function removeListed(list: readonly Json[], listed: readonly Json[]): readonly Json[] {
  const values = new Set(listed.map(valueOf).filter(value => value !== undefined))
  const others = listed.filter(each => valueOf(each) === undefined)
  return list.filter(element => {
    const value = valueOf(element)
    return !(value !== undefined && values.has(value)) && !others.some(other => contains(element, other))
  })
}

function valueOf(element: Json): Json | undefined {
  return isJsonObject(element) ? element['value'] : element
}

function contains(element: Json, parts: Json): boolean {
  if (!isJsonObject(element) || !isJsonObject(parts)) return false
  return Object.entries(parts).every(([name, value]) => sameJson(element[name], value))
}
