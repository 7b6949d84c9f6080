// The core Group schema (RFC 7643 section 4.2 and 8.7.1) as a literal table.
import { attribute, complex, type Schema } from '../attribute.ts'
import { urn } from '../urn.ts'
import { externalIdAttribute, idAttribute } from './every-resource.ts'

/** Most members one request may name; larger groups are built by several requests. */
const memberLimit = 100_000

export const membersAttribute = complex('members', 'The people in the group.', {
  multiValued: true,
  maxElements: memberLimit,
  subAttributes: [
    attribute('value', 'The id of the person.', { mutability: 'immutable', caseExact: true, maxLength: 512 }),
    attribute('$ref', 'The address of the person.', {
      type: 'reference',
      referenceTypes: ['User'],
      mutability: 'immutable',
    }),
    attribute('display', 'The name of the person.', { mutability: 'readOnly' }),
    attribute('type', 'What the member is; only people can be members.', {
      mutability: 'immutable',
      canonicalValues: ['User'],
    }),
  ],
})

export const groupSchema: Schema = {
  id: urn.group,
  name: 'Group',
  description: 'A named set of people',
  attributes: [
    idAttribute,
    externalIdAttribute,
    attribute('displayName', 'The name of the group; unique, letter case does not count.', {
      required: true,
      uniqueness: 'server',
      maxLength: 255,
    }),
    membersAttribute,
  ],
}
