// The columns that lists and filters read, derived from a person's document: one place, so they cannot disagree.
import { groupAttribute, valuesAt } from '#server/domain/group-mappings/rules/source-attribute.ts'
import { urn, type Json, type Resource } from '#server/scim/index.ts'
import { caseKey, nameKey } from './normal-form.ts'
import { userNameOf } from './user.ts'

export interface UserColumns {
  readonly userName: string
  readonly userNameKey: string
  readonly externalId: string | null
  readonly displayName: string
  readonly email: string | null
  readonly emailKeys: readonly string[]
  readonly givenName: string | null
  readonly familyName: string | null
  readonly title: string | null
  readonly department: string | null
  readonly identityProviderGroups: readonly string[]
  readonly searchKey: string
}

// An index entry holds at most about 2,700 bytes, four a character.
const searchedCharacters = 500
const shownCharacters = 200
/** Longer e-mail values are compared in the document instead of the index. */
export const indexedCharacters = 500

/**
 * Derives the columns. `displayName` falls back to the formatted or composed name, then to userName; `source` is the
 * attribute that leads to groups.
 */
export function columnsOf(document: Resource, source = groupAttribute): UserColumns {
  const userName = userNameOf(document)
  const name = complex(document['name'])
  const emails = emailsOf(document)
  const email = emails.find(entry => entry.primary)?.value ?? emails[0]?.value ?? null
  const externalId = text(document['externalId'])
  const displayName = shownName(document, name) ?? userName
  return {
    userName,
    userNameKey: nameKey(userName),
    externalId,
    displayName: cut(displayName, shownCharacters),
    email,
    emailKeys: [...new Set(emails.map(entry => caseKey(entry.value)))].filter(
      key => key.length <= indexedCharacters,
    ),
    givenName: text(name['givenName']),
    familyName: text(name['familyName']),
    title: text(document['title']),
    department: text(complex(document[urn.enterpriseUser])['department']),
    identityProviderGroups: valuesAt(document, source),
    searchKey: searchKeyOf([displayName, userName, email, externalId]),
  }
}

/** The name that logs and lists show: given, formatted or composed, else userName. */
export function displayNameOf(document: Resource): string {
  return cut(shownName(document, complex(document['name'])) ?? userNameOf(document), shownCharacters)
}

/** By what groups may have waited for a person. */
export function arrivalOf(user: { readonly id: string; readonly document: Resource }) {
  const { userName, externalId } = columnsOf(user.document)
  return { userId: user.id, userName, externalId }
}

/** The words that the console's search box looks through, lower case, each once. */
export function searchKeyOf(words: readonly (string | null)[]): string {
  const known = words.filter(word => word !== null && word !== '').map(word => nameKey(word ?? ''))
  return cut([...new Set(known)].join(' '), searchedCharacters)
}

/** Whole characters only: half a surrogate pair is no text. */
function cut(text: string, characters: number): string {
  return text.length <= characters ? text : Array.from(text).slice(0, characters).join('')
}

function shownName(document: Resource, name: Resource): string | null {
  const composed = [text(name['givenName']), text(name['familyName'])].filter(part => part !== null).join(' ')
  return text(document['displayName']) ?? text(name['formatted']) ?? (composed === '' ? null : composed)
}

function emailsOf(document: Resource): { value: string; primary: boolean }[] {
  const list = document['emails']
  if (!Array.isArray(list)) return []
  return (list as readonly Json[]).flatMap(entry => {
    const email = complex(entry)
    const value = text(email['value'])
    return value === null ? [] : [{ value, primary: email['primary'] === true }]
  })
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function complex(value: Json | undefined): Resource {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Resource) : {}
}
