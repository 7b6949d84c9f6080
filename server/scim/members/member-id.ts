// Reads whom an element of `members` means (RFC 7643 section 4.2).
import { refusal } from '../error.ts'
import { isJsonObject, type Json } from '../json.ts'

/** The ids of a checked list, each once. Throws `invalidValue` for an element that names nobody, or a group. */
export function memberIds(elements: readonly Json[]): readonly string[] {
  return [...new Set(elements.map(memberId))]
}

function memberId(element: Json): string {
  const parts = isJsonObject(element) ? element : {}
  const type = textOf(parts['type'])
  const address = textOf(parts['$ref'])
  if (type?.toLowerCase() === 'group' || address?.includes('/Groups/') === true) throw nested()
  const id = textOf(parts['value']) ?? (address === undefined ? undefined : idInAddress(address))
  if (id === undefined) throw refusal('invalidValue', 'Each member needs a "value": the id of a person.')
  return id
}

/** The last part of `https://…/Users/{id}`; undefined for an address that ends in a slash. */
export function idInAddress(address: string): string | undefined {
  const last = address.slice(address.lastIndexOf('/') + 1)
  return last === '' ? undefined : last
}

function nested() {
  return refusal(
    'invalidValue',
    'Groups inside groups are not supported. Send the people of the inner group as members.',
  )
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
