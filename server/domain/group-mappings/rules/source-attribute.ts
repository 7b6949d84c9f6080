// Which attribute the values come from that lead people to groups.
import { readTexts, textPath, urn, userType, type AttributePath, type Resource } from '#server/scim/index.ts'

/** The attribute that is meant for it, and the choice until an admin makes another. */
export const groupAttribute = `${urn.calendlyUser}:group`

/** The choices that the console offers first. Any other text attribute of the schemas may be typed in. */
export const usualAttributes: readonly string[] = [
  groupAttribute,
  `${urn.enterpriseUser}:department`,
  'title',
  'userType',
  `${urn.enterpriseUser}:costCenter`,
  `${urn.enterpriseUser}:division`,
]

const resolved = new Map<string, AttributePath | null>()

function pathOf(attribute: string): AttributePath | null {
  const known = resolved.get(attribute)
  if (known !== undefined) return known
  const path = textPath(attribute, userType)
  if (resolved.size < 1_000) resolved.set(attribute, path)
  return path
}

/** The canonical spelling of an attribute that can be the source; null for any other text. */
export function sourceAttribute(text: string): string | null {
  const path = pathOf(text.trim())
  return path === null || unfit.has(path.attribute.name) ? null : path.key
}

/** Ours, not the identity provider's; `groups` would make placing people go in circles. */
const unfit = new Set(['id', 'meta', 'schemas', 'groups', 'password'])

/** The values that a person carries, exactly as received. */
export function valuesAt(document: Resource, attribute: string): string[] {
  const path = pathOf(attribute)
  return path === null ? [] : readTexts(document, path)
}

/** For people: `Department`, `Cost center`, `Roles value`. */
export function attributeLabel(attribute: string): string {
  const name = attribute.startsWith('urn:') ? attribute.slice(attribute.lastIndexOf(':') + 1) : attribute
  const words = name
    .replaceAll('.', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
