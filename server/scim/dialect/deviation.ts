// Every departure from the RFCs that is tolerated: what the log says, which section it departs from, how it is refused.
import { refusal, type ScimError, type ScimType } from '../error.ts'

interface Words {
  /** What was sent, without a full stop. */
  readonly sent: string
  /** How it was understood. */
  readonly understood: string
  /** The section that says otherwise. */
  readonly rfc: string
  /** How an organization that does not tolerate it answers. */
  readonly refusedAs: ScimType
}

const words = {
  'boolean-as-text': {
    sent: 'A boolean such as active came as text ("True")',
    understood: 'it was read as true or false',
    rfc: 'RFC 7643 section 2.3.2',
    refusedAs: 'invalidValue',
  },
  'bulk-patch-without-message': {
    sent: 'A PATCH inside a Bulk request came as a bare list of operations',
    understood: 'it was read as a PATCH message',
    rfc: 'RFC 7644 section 3.7',
    refusedAs: 'invalidSyntax',
  },
  'byte-order-mark': {
    sent: 'The body began with a byte order mark',
    understood: 'it was skipped',
    rfc: 'RFC 8259 section 8.1',
    refusedAs: 'invalidSyntax',
  },
  'capitalised-op': {
    sent: 'An operation was written with a capital letter ("Replace")',
    understood: 'letter case was ignored',
    rfc: 'RFC 7644 section 3.5.2',
    refusedAs: 'invalidSyntax',
  },
  'dotted-extension-path': {
    sent: 'An extension attribute was joined to its URN by a dot',
    understood: 'it was read with a colon',
    rfc: 'RFC 7644 section 3.10',
    refusedAs: 'invalidPath',
  },
  'element-created': {
    sent: 'A PATCH was for an element that is not there, as emails[type eq "work"] of someone without one',
    understood: 'the element was created',
    rfc: 'RFC 7644 section 3.5.2.3',
    refusedAs: 'noTarget',
  },
  'emails-as-object': {
    sent: 'A list such as emails came as a single object',
    understood: 'it was read as a list of one',
    rfc: 'RFC 7643 section 2.4',
    refusedAs: 'invalidValue',
  },
  'enterprise-attribute-without-urn': {
    sent: 'An attribute of the Enterprise User extension, such as manager, came without its URN',
    understood: 'the URN was added',
    rfc: 'RFC 7644 section 3.10',
    refusedAs: 'invalidPath',
  },
  'extension-not-declared': {
    sent: 'The body used an extension that its list of schemas does not name',
    understood: 'it was added',
    rfc: 'RFC 7643 section 3',
    refusedAs: 'invalidSyntax',
  },
  'filter-attribute-without-urn': {
    sent: 'A filter named an attribute of an extension without its URN',
    understood: 'it was looked up in the extensions',
    rfc: 'RFC 7644 section 3.10',
    refusedAs: 'invalidFilter',
  },
  'filter-blank-missing': {
    sent: 'A blank was missing in a filter (eq"x")',
    understood: 'it was read as if it were there',
    rfc: 'RFC 7644 section 3.4.2.2',
    refusedAs: 'invalidFilter',
  },
  'filter-boolean-as-text': {
    sent: 'A filter compared a boolean with a text (primary eq "True")',
    understood: 'it was read as true or false',
    rfc: 'RFC 7644 section 3.4.2.2',
    refusedAs: 'invalidFilter',
  },
  'filter-text-without-quotes': {
    sent: 'A filter had a text without quotes (userName eq ada)',
    understood: 'it was read as a text',
    rfc: 'RFC 7644 section 3.4.2.2',
    refusedAs: 'invalidFilter',
  },
  'filter-behind-brackets': {
    sent: 'A filter went on behind its brackets (emails[type eq "work"].value eq "a@b")',
    understood: 'it was read as if both stood inside',
    rfc: 'RFC 7644 section 3.4.2.2',
    refusedAs: 'invalidFilter',
  },
  'flat-extension-key': {
    sent: 'An extension attribute came as one long key instead of inside its extension',
    understood: 'it was moved there',
    rfc: 'RFC 7643 section 3.3',
    refusedAs: 'invalidSyntax',
  },
  'foreign-schema': {
    sent: 'The list of schemas had an entry of Microsoft that is no SCIM schema, or a misspelt one',
    understood: 'it was dropped or put right',
    rfc: 'RFC 7643 section 3',
    refusedAs: 'invalidSyntax',
  },
  'group-without-namespace': {
    sent: 'The attribute "group" came without its namespace',
    understood: 'it was ignored until it comes under the Calendly extension URN',
    rfc: 'RFC 7643 section 3.3',
    refusedAs: 'invalidSyntax',
  },
  'group-without-schemas': {
    sent: 'The body of a group did not name its schema',
    understood: 'it was read as a SCIM group',
    rfc: 'RFC 7643 section 3',
    refusedAs: 'invalidSyntax',
  },
  'list-for-single-value': {
    sent: 'A single value was wrapped in a list',
    understood: 'its one element was taken',
    rfc: 'RFC 7643 section 2.4',
    refusedAs: 'invalidValue',
  },
  'manager-as-text': {
    sent: 'A reference such as manager came as plain text',
    understood: 'it was read as the id',
    rfc: 'RFC 7643 section 4.3',
    refusedAs: 'invalidValue',
  },
  'manager-template': {
    sent: 'The manager came as "managerId"',
    understood: 'it was read as the id',
    rfc: 'RFC 7643 section 4.3',
    refusedAs: 'invalidSyntax',
  },
  'misspelt-enterprise-urn': {
    sent: 'The URN of the Enterprise User extension was misspelt ("2.0User")',
    understood: 'it was put right',
    rfc: 'RFC 7643 section 4.3',
    refusedAs: 'invalidSyntax',
  },
  'password-sent': {
    sent: 'A password was sent although nobody needs it',
    understood: 'it was thrown away. Switch off password sync, or unmap the attribute',
    rfc: 'RFC 7643 section 4.1.1',
    refusedAs: 'invalidSyntax',
  },
  'patch-without-schemas': {
    sent: 'A PATCH did not name the PatchOp schema',
    understood: 'it was read as one',
    rfc: 'RFC 7644 section 3.5.2',
    refusedAs: 'invalidSyntax',
  },
  'remove-with-value': {
    sent: 'A "remove" came with a list of what to remove',
    understood: 'only those elements were removed',
    rfc: 'RFC 7644 section 3.5.2.2',
    refusedAs: 'invalidSyntax',
  },
  'schema-named-twice': {
    sent: 'The list of schemas named a schema twice',
    understood: 'it was counted once',
    rfc: 'RFC 7643 section 3',
    refusedAs: 'invalidSyntax',
  },
  'text-as-element': {
    sent: 'An element of a list such as emails came as plain text',
    understood: 'it was read as its value',
    rfc: 'RFC 7643 section 2.4',
    refusedAs: 'invalidValue',
  },
  'two-primaries': {
    sent: 'A list had two primary elements',
    understood: 'the last one counted',
    rfc: 'RFC 7643 section 2.4',
    refusedAs: 'invalidValue',
  },
  'unknown-attribute': {
    sent: 'An attribute came that no schema knows',
    understood: 'it was ignored',
    rfc: 'RFC 7644 section 3.3',
    refusedAs: 'invalidSyntax',
  },
} as const satisfies Record<string, Words>

export type DeviationId = keyof typeof words

/** A tolerated departure as it is told to people. */
export interface Deviation {
  readonly id: DeviationId
  /** What was sent and how it was understood. */
  readonly sentence: string
  /** For example `RFC 7643 section 2.4`. */
  readonly rfc: string
}

/**
 * Hears of a departure before it is tolerated, with what it was about where several things may be meant. Throws when
 * this sender is held to the standard.
 */
export type Tolerate = (id: DeviationId, about?: string) => void

/** Tolerates everything and tells nobody. */
export const tolerateAll: Tolerate = () => undefined

/** All of them, by id. */
export const deviations: readonly Deviation[] = Object.entries(words).map(([id, { rfc }]) => ({
  id: id as DeviationId,
  sentence: deviationSentence(id as DeviationId),
  rfc,
}))

export function isDeviation(id: string): id is DeviationId {
  return Object.hasOwn(words, id)
}

/** One sentence for the provisioning log. */
export function deviationSentence(id: DeviationId, about?: string): string {
  const { sent, understood } = words[id]
  return `${sent}${about === undefined ? '' : ` (${about})`}; ${understood}.`
}

/** The refusal of an organization that has switched this departure to strict. */
export function deviationRefusal(id: DeviationId, about?: string): ScimError {
  const { sent, rfc, refusedAs } = words[id]
  const named = about === undefined ? '' : ` (${about})`
  return refusal(
    refusedAs,
    `${sent}${named}. This departs from ${rfc} and is not tolerated here. Send it as the standard says, or allow ` +
      `"${id}" in Rollcall under Login > User provisioning > Tolerated deviations.`,
  )
}
