// The core User schema (RFC 7643 section 4.1 and 8.7.1) as a literal table.
import { attribute, complex, type Attribute, type Schema } from '../attribute.ts'
import { urn } from '../urn.ts'
import { externalIdAttribute, idAttribute } from './every-resource.ts'

const readOnly = { mutability: 'readOnly' } as const

/** The `type`, `display` and `primary` companions of a typed list (RFC 7643 section 2.4). */
function labels(canonicalValues: readonly string[] = []): readonly Attribute[] {
  return [
    attribute('display', 'A name for people to read.'),
    attribute('type', 'What the value is for.', canonicalValues.length > 0 ? { canonicalValues } : {}),
    attribute('primary', 'Whether this is the preferred value; at most one is.', {
      type: 'boolean',
      absentMeans: false,
    }),
  ]
}

/** A typed list whose elements carry `value` plus the usual companions. */
function list(name: string, description: string, parts: readonly Attribute[]): Attribute {
  return complex(name, description, { multiValued: true, subAttributes: parts })
}

const nameParts: readonly Attribute[] = [
  attribute('formatted', 'The full name, ready to be shown.'),
  attribute('familyName', 'The family name.'),
  attribute('givenName', 'The given name.'),
  attribute('middleName', 'The middle names.'),
  attribute('honorificPrefix', 'Titles before the name.'),
  attribute('honorificSuffix', 'Suffixes after the name.'),
]

const addressParts: readonly Attribute[] = [
  attribute('formatted', 'The whole address, ready to be shown.'),
  attribute('streetAddress', 'Street, house number and the like.'),
  attribute('locality', 'The city.'),
  attribute('region', 'The state or region.'),
  attribute('postalCode', 'The postal code.'),
  attribute('country', 'The country, best as an ISO 3166-1 alpha-2 code.'),
  ...labels(['work', 'home', 'other']),
]

const groupParts: readonly Attribute[] = [
  attribute('value', 'The id of the group.', { ...readOnly, caseExact: true }),
  attribute('$ref', 'The address of the group.', {
    ...readOnly,
    type: 'reference',
    referenceTypes: ['Group'],
  }),
  attribute('display', 'The name of the group.', readOnly),
  attribute('type', 'How the person belongs to the group.', {
    ...readOnly,
    canonicalValues: ['direct', 'indirect'],
  }),
]

export const userSchema: Schema = {
  id: urn.user,
  name: 'User',
  description: 'A person',
  attributes: [
    idAttribute,
    externalIdAttribute,
    attribute('userName', 'The name the person is known by at the identity provider; unique.', {
      required: true,
      uniqueness: 'server',
      maxLength: 512,
    }),
    complex('name', "The parts of the person's name.", { subAttributes: nameParts }),
    attribute('displayName', 'The name shown to others.'),
    attribute('nickName', 'A casual name.'),
    attribute('profileUrl', "The address of the person's profile.", {
      type: 'reference',
      referenceTypes: ['external'],
    }),
    attribute('title', 'The job title.'),
    attribute('userType', 'The relation to the organization, such as Employee or Contractor.'),
    attribute('preferredLanguage', 'The preferred language, as in the Accept-Language header.'),
    attribute('locale', 'The locale for dates, numbers and currency.'),
    attribute('timezone', 'The time zone, best as an IANA name.'),
    attribute('active', 'Whether the person may use the service.', { type: 'boolean', lasting: true }),
    attribute('password', 'Accepted for compatibility and thrown away.', {
      mutability: 'writeOnly',
      returned: 'never',
      caseExact: true,
      unlisted: true,
    }),
    list('emails', 'E-mail addresses.', [
      attribute('value', 'The address.', { maxLength: 512 }),
      ...labels(['work', 'home', 'other']),
    ]),
    list('phoneNumbers', 'Telephone numbers.', [
      attribute('value', 'The number, as it was sent.'),
      ...labels(['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    ]),
    list('ims', 'Instant messaging addresses.', [
      attribute('value', 'The address.'),
      ...labels(['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo']),
    ]),
    list('photos', 'Addresses of pictures.', [
      attribute('value', 'The address of the picture.', { type: 'reference', referenceTypes: ['external'] }),
      ...labels(['photo', 'thumbnail']),
    ]),
    list('addresses', 'Postal addresses.', addressParts),
    complex('groups', 'The groups the person belongs to; change them through the groups.', {
      ...readOnly,
      multiValued: true,
      subAttributes: groupParts,
    }),
    list('entitlements', 'Things the person is entitled to.', [
      attribute('value', 'The entitlement.', { maxLength: 16_384 }),
      ...labels(),
    ]),
    list('roles', 'Roles of the person.', [
      attribute('value', 'The role.', { maxLength: 16_384 }),
      ...labels(),
    ]),
    list('x509Certificates', 'Certificates.', [
      attribute('value', 'The certificate, DER in base64.', { type: 'binary' }),
      ...labels(),
    ]),
  ],
}
