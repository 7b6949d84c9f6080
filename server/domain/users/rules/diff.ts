// What changed between two documents, attribute by attribute, in words an admin can read.
import { sameJson, type Json, type Resource } from '#server/scim/index.ts'
import type { Change } from '#server/domain/provisioning-log/rules/event.ts'

/**
 * Changes from `before` to `after`: one entry an attribute, one level into complex attributes and extensions
 * (`name.givenName`, `urn:…:User:group`). Lists are compared as a whole. Empty when nothing changed.
 */
export function diff(before: Resource, after: Resource): Change[] {
  return names(before, after).flatMap(name => {
    const [old, now] = [before[name], after[name]]
    if (isObject(old) || isObject(now)) return below(name, { old, now })
    return sameJson(old, now) ? [] : [{ path: name, before: old ?? null, after: now ?? null }]
  })
}

function below(name: string, values: { old: Json | undefined; now: Json | undefined }): Change[] {
  const old = isObject(values.old) ? values.old : {}
  const now = isObject(values.now) ? values.now : {}
  const separator = name.startsWith('urn:') ? ':' : '.'
  return names(old, now)
    .filter(key => !sameJson(old[key], now[key]))
    .map(key => ({ path: name + separator + key, before: old[key] ?? null, after: now[key] ?? null }))
}

function names(before: Resource, after: Resource): string[] {
  const all = new Set([...Object.keys(before), ...Object.keys(after)])
  all.delete('schemas')
  return [...all]
}

function isObject(value: Json | undefined): value is Resource {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
