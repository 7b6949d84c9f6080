// The discovery documents, held against the RFC and against the engine itself.
import { describe, expect, it } from 'vitest'
import {
  accept,
  findDocument,
  parseFilter,
  parsePatch,
  resourceTypes,
  schemas,
  serviceProviderConfig,
  urn,
  userType,
  type Json,
  type JsonObject,
  type Resource,
} from '#server/scim/index.ts'
import { CAL, ENT, reasonOf } from '../people.ts'

const base = 'https://rollcall.example/scim/v2'
const config = serviceProviderConfig({
  baseUrl: base,
  bulk: { maxOperations: 100, maxPayloadSize: 1_048_576 },
  filterMaxResults: 500,
  sort: true,
  etag: true,
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A token made in the console.',
      primary: true,
    },
  ],
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    defaultPageSize: 100,
    maxPageSize: 500,
    cursorTimeout: 3_600,
  },
})
const types = resourceTypes(base, [userType])
const documents = schemas(base, [userType])
const documentOf = (id: string): Resource => findDocument(documents, id)!
const textOf = (value: Json | undefined) => value as string
const listOf = (value: Json | undefined) => value as readonly JsonObject[]
const attributeOf = (schema: string, name: string) =>
  listOf(documentOf(schema)['attributes']).find(each => each['name'] === name)!

describe('serviceProviderConfig', () => {
  it('D1 to D6: has every part with its numbers', () => {
    expect(config).toMatchObject({
      schemas: [urn.serviceProviderConfig],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 100, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 500 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Bearer token' }],
      pagination: { cursor: true, index: true, cursorTimeout: 3_600 },
      meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
    })
  })

  it('B15, D6: says so when bulk and cursors are not offered', () => {
    const plain = serviceProviderConfig({
      baseUrl: base,
      filterMaxResults: 1,
      sort: false,
      etag: false,
      authenticationSchemes: [],
    })
    expect(plain).toMatchObject({ bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 } })
    expect(plain).not.toHaveProperty('pagination')
    expect(plain).not.toHaveProperty('documentationUri')
  })
})

describe('resourceTypes', () => {
  it('D8 to D10, D21: describes User with its extensions', () => {
    expect(types).toEqual([
      {
        schemas: [urn.resourceType],
        id: 'User',
        name: 'User',
        description: 'A person',
        endpoint: '/Users',
        schema: urn.user,
        schemaExtensions: [
          { schema: ENT, required: false },
          { schema: CAL, required: false },
        ],
        meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/User` },
      },
    ])
  })

  it('D8: finds a type by name and no other', () => {
    expect(findDocument(types, 'User')).toBe(types[0])
    expect(findDocument(types, 'Users')).toBeUndefined()
  })
})

describe('schemas', () => {
  it('D11, D13: lists each schema once, with those of discovery', () => {
    expect(documents.map(each => each['id'])).toEqual([
      urn.user,
      ENT,
      CAL,
      urn.serviceProviderConfig,
      urn.resourceType,
      urn.schema,
    ])
    expect(schemas(base, [userType, userType])).toEqual(documents)
  })

  it('D12: finds a schema percent-encoded and in any case', () => {
    const wanted = documentOf(CAL)
    for (const id of [
      CAL,
      encodeURIComponent(CAL),
      CAL.toUpperCase(),
      encodeURIComponent(CAL).toLowerCase(),
    ]) {
      expect(findDocument(documents, id)).toBe(wanted)
    }
    expect(findDocument(documents, '%')).toBeUndefined()
    expect(findDocument(documents, 'urn:example:none')).toBeUndefined()
  })

  it('D15: has no null anywhere', () => {
    expect(JSON.stringify([config, types, documents])).not.toMatch(/null|undefined/)
  })

  it('D23: publishes userName and id by their characteristics', () => {
    expect(attributeOf(urn.user, 'userName')).toMatchObject({
      required: true,
      caseExact: false,
      uniqueness: 'server',
      mutability: 'readWrite',
    })
    expect(attributeOf(urn.user, 'id')).toMatchObject({
      mutability: 'readOnly',
      returned: 'always',
      caseExact: true,
    })
  })

  it('Q8: does not list a password', () => {
    expect(JSON.stringify(documentOf(urn.user))).not.toContain('password')
  })

  it('D21, D22: lists group and employeeNumber', () => {
    expect(attributeOf(CAL, 'group')).toMatchObject({
      type: 'string',
      caseExact: true,
      required: false,
      returned: 'default',
    })
    expect(attributeOf(ENT, 'employeeNumber')).toMatchObject({ type: 'string', multiValued: false })
  })

  it('D24: publishes canonical values of type', () => {
    for (const name of ['emails', 'phoneNumbers', 'ims', 'photos', 'addresses']) {
      const type = listOf(attributeOf(urn.user, name)['subAttributes']).find(each => each['name'] === 'type')
      expect(type?.['canonicalValues']).toBeInstanceOf(Array)
    }
  })

  it('D14: is described by its own Schema document, and so are the others', () => {
    const described: readonly (readonly [Resource, string])[] = [
      ...documents.map(each => [each, urn.schema] as const),
      ...types.map(each => [each, urn.resourceType] as const),
      [config, urn.serviceProviderConfig],
    ]
    for (const [document, schema] of described)
      expectDescribed(document, listOf(documentOf(schema)['attributes']), ['schemas', 'meta'])
  })

  it('D16: keeps its word: what is listed can be filtered, and written unless read-only', () => {
    for (const schema of [urn.user, ENT, CAL]) {
      for (const attribute of listOf(documentOf(schema)['attributes'])) {
        const path = `${schema}:${textOf(attribute['name'])}`
        expect(() => parseFilter(`${path} pr`, userType, { strict: true })).not.toThrow()
        expect([path, writing(path, sampleOf(attribute))]).toEqual([
          path,
          attribute['mutability'] === 'readOnly' ? '400 mutability' : 'fine',
        ])
        if (attribute['mutability'] !== 'readOnly') expectAccepted(schema, attribute)
      }
    }
  })
})

function expectDescribed(
  value: JsonObject,
  definitions: readonly JsonObject[],
  exempt: readonly string[],
): void {
  const known = new Map(definitions.map(each => [each['name'], each]))
  for (const [name, part] of Object.entries(value)) {
    const definition = known.get(name)
    if (exempt.includes(name) || isEndless(name, definition)) continue
    expect([name, definition?.['multiValued']]).toEqual([name, Array.isArray(part)])
    const parts = listOf(Array.isArray(part) ? (part as Json) : [part])
    const inner = definition?.['subAttributes']
    if (inner !== undefined)
      parts.forEach(each => {
        expectDescribed(each, listOf(inner), [])
      })
  }
  for (const each of definitions)
    if (each['required'] === true) expect(value).toHaveProperty([textOf(each['name'])])
}

/** The Schema document describes itself, and RFC 7643 section 8.7.2 stops after two levels. */
function isEndless(name: string, definition: JsonObject | undefined): boolean {
  return name === 'subAttributes' && definition === undefined
}

/** A value of the attribute's type that keeps to its published canonical values. */
function sampleOf(attribute: JsonObject): Json {
  const [suggested] = (attribute['canonicalValues'] as readonly string[] | undefined) ?? ['work']
  const samples: Readonly<Record<string, Json>> = { boolean: true, binary: 'AAAA' }
  const parts = listOf(attribute['subAttributes'] ?? []).filter(each => each['mutability'] !== 'readOnly')
  const simple = samples[textOf(attribute['type'])] ?? suggested!
  const complex = Object.fromEntries(parts.map(each => [textOf(each['name']), sampleOf(each)]))
  const value = attribute['type'] === 'complex' ? complex : simple
  return attribute['multiValued'] === true ? [value] : value
}

function writing(path: string, value: Json): string {
  const body = { schemas: [urn.patchOp], Operations: [{ op: 'replace', path, value }] }
  const write = () => parsePatch(body, userType, { strict: true })
  try {
    return write().operations.length > 0 ? 'fine' : 'nothing'
  } catch {
    return reasonOf(write)
  }
}

function expectAccepted(schema: string, attribute: JsonObject): void {
  const part = { [textOf(attribute['name'])]: sampleOf(attribute) }
  const body = {
    schemas: [urn.user, ENT, CAL],
    userName: 'work',
    ...(schema === urn.user ? part : { [schema]: part }),
  }
  const { resource } = accept(body, userType, { interaction: 'create', strict: true })
  expect(schema === urn.user ? resource : resource[schema]).toMatchObject(part)
}
