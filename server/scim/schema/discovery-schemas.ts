// The schemas that describe discovery itself (RFC 7643 section 8.7.2 with errata 5606, 5607, 7522, 8435).
import { attribute, complex, type Attribute, type Schema } from '../attribute.ts'
import { urn } from '../urn.ts'

const readOnly = { mutability: 'readOnly' } as const
const fixed = { mutability: 'readOnly', required: true } as const
const exact = { mutability: 'readOnly', required: true, caseExact: true } as const
const uri = { type: 'reference', referenceTypes: ['uri'], mutability: 'readOnly' } as const
const external = { type: 'reference', referenceTypes: ['external'], mutability: 'readOnly' } as const

const supported = attribute('supported', 'Whether the feature is offered.', { ...fixed, type: 'boolean' })

function feature(name: string, description: string, more: readonly Attribute[] = []): Attribute {
  return complex(name, description, { ...fixed, subAttributes: [supported, ...more] })
}

const pagination = complex('pagination', 'How lists are cut into pages (RFC 9865).', {
  ...readOnly,
  subAttributes: [
    attribute('cursor', 'Whether cursors are offered.', { ...fixed, type: 'boolean' }),
    attribute('index', 'Whether start indexes are offered.', { ...fixed, type: 'boolean' }),
    attribute('defaultPaginationMethod', 'The method used when a request names none.', {
      ...readOnly,
      canonicalValues: ['cursor', 'index'],
    }),
    attribute('defaultPageSize', 'Results per page when a request names no count.', {
      ...readOnly,
      type: 'integer',
    }),
    attribute('maxPageSize', 'Most results per page.', { ...readOnly, type: 'integer' }),
    attribute('cursorTimeout', 'Seconds a cursor lives at least.', { ...readOnly, type: 'integer' }),
  ],
})

const authenticationSchemes = complex('authenticationSchemes', 'The ways to sign in to this API.', {
  ...fixed,
  multiValued: true,
  returned: 'always',
  subAttributes: [
    attribute('type', 'The kind of scheme.', {
      ...fixed,
      canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
    }),
    attribute('name', 'The name of the scheme.', fixed),
    attribute('description', 'What the scheme is.', fixed),
    attribute('specUri', 'The address of its specification.', external),
    attribute('documentationUri', 'The address of its documentation.', external),
    attribute('primary', 'Whether it is the preferred scheme.', { ...readOnly, type: 'boolean' }),
  ],
})

const serviceProviderConfigSchema: Schema = {
  id: urn.serviceProviderConfig,
  name: 'ServiceProviderConfig',
  description: 'What this service offers',
  attributes: [
    attribute('documentationUri', 'The address of the documentation.', external),
    feature('patch', 'PATCH requests.'),
    feature('bulk', 'Bulk requests.', [
      attribute('maxOperations', 'Most operations in one request.', { ...fixed, type: 'integer' }),
      attribute('maxPayloadSize', 'Largest request in bytes.', { ...fixed, type: 'integer' }),
    ]),
    feature('filter', 'Filters on lists.', [
      attribute('maxResults', 'Most results in one answer.', { ...fixed, type: 'integer' }),
    ]),
    feature('changePassword', 'Changing passwords.'),
    feature('sort', 'Sorted lists.'),
    feature('etag', 'Versions of resources.'),
    attribute('interopProfileConformant', 'Whether requests are held to the SCIM interoperability profile.', {
      ...readOnly,
      type: 'boolean',
    }),
    pagination,
    authenticationSchemes,
  ],
}

const resourceTypeSchema: Schema = {
  id: urn.resourceType,
  name: 'ResourceType',
  description: 'A kind of resource',
  attributes: [
    attribute('id', 'The identifier, equal to the name.', { ...readOnly, caseExact: true }),
    attribute('name', 'The name of the resource type.', exact),
    attribute('description', 'What the resource type is for.', readOnly),
    attribute('endpoint', 'The address of the collection below the base address.', {
      ...uri,
      required: true,
    }),
    attribute('schema', 'The URN of the base schema.', { ...uri, required: true }),
    complex('schemaExtensions', 'The extensions of the resource type.', {
      ...readOnly,
      multiValued: true,
      subAttributes: [
        attribute('schema', 'The URN of the extension.', { ...uri, required: true }),
        attribute('required', 'Whether each resource needs the extension.', { ...fixed, type: 'boolean' }),
      ],
    }),
  ],
}

const characteristics: readonly Attribute[] = [
  attribute('name', 'The name of the attribute.', exact),
  attribute('type', 'The type of its value.', {
    ...fixed,
    canonicalValues: [
      'string',
      'boolean',
      'decimal',
      'integer',
      'dateTime',
      'reference',
      'binary',
      'complex',
    ],
  }),
  attribute('multiValued', 'Whether it is a list.', { ...fixed, type: 'boolean' }),
  attribute('description', 'What it is for.', { ...readOnly, caseExact: true }),
  attribute('required', 'Whether it must have a value.', { ...readOnly, type: 'boolean' }),
  attribute('canonicalValues', 'Suggested values.', { ...readOnly, multiValued: true, caseExact: true }),
  attribute('caseExact', 'Whether letter case matters.', { ...readOnly, type: 'boolean' }),
  attribute('mutability', 'Whether it can be written.', {
    ...exact,
    canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  }),
  attribute('returned', 'When it is part of an answer.', {
    ...exact,
    canonicalValues: ['always', 'never', 'default', 'request'],
  }),
  attribute('uniqueness', 'How far its value is unique.', {
    ...readOnly,
    caseExact: true,
    canonicalValues: ['none', 'server', 'global'],
  }),
  attribute('referenceTypes', 'What a reference may point at.', {
    ...readOnly,
    multiValued: true,
    caseExact: true,
  }),
]

const schemaSchema: Schema = {
  id: urn.schema,
  name: 'Schema',
  description: 'The attributes of resources',
  attributes: [
    attribute('id', 'The URN of the schema.', { ...exact, type: 'string' }),
    attribute('name', 'The name of the schema.', exact),
    attribute('description', 'What the schema describes.', { ...readOnly, caseExact: true }),
    complex('attributes', 'The attributes of the schema.', {
      ...fixed,
      multiValued: true,
      subAttributes: [
        ...characteristics,
        complex('subAttributes', 'The parts of a complex attribute.', {
          ...readOnly,
          multiValued: true,
          subAttributes: characteristics,
        }),
      ],
    }),
  ],
}

export const discoverySchemas: readonly Schema[] = [
  serviceProviderConfigSchema,
  resourceTypeSchema,
  schemaSchema,
]
