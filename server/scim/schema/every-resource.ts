// The attributes every resource has (RFC 7643 section 3.1) plus `schemas` (section 3).
import { attribute, complex } from '../attribute.ts'

export const schemasAttribute = attribute('schemas', 'The URNs of the schemas this resource uses.', {
  type: 'reference',
  referenceTypes: ['uri'],
  multiValued: true,
  required: true,
  mutability: 'readOnly',
  returned: 'always',
})

export const idAttribute = attribute('id', 'The identifier this service issued; it never changes.', {
  caseExact: true,
  mutability: 'readOnly',
  returned: 'always',
  uniqueness: 'server',
})

export const externalIdAttribute = attribute('externalId', "The identity provider's own identifier.", {
  caseExact: true,
  maxLength: 512,
})

export const metaAttribute = complex('meta', 'When and where the resource came to be.', {
  mutability: 'readOnly',
  subAttributes: [
    attribute('resourceType', 'The name of the resource type.', { caseExact: true, mutability: 'readOnly' }),
    attribute('created', 'When the resource was created.', { type: 'dateTime', mutability: 'readOnly' }),
    attribute('lastModified', 'When the resource last changed.', {
      type: 'dateTime',
      mutability: 'readOnly',
    }),
    attribute('location', 'The address of the resource.', {
      type: 'reference',
      referenceTypes: ['uri'],
      mutability: 'readOnly',
    }),
    attribute('version', 'The version, equal to the ETag.', { caseExact: true, mutability: 'readOnly' }),
  ],
})
