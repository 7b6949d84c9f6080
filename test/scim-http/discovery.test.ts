// Discovery (checklist 3.2): what the door says about itself is complete, exact and true.
import { describe, expect, it } from 'vitest'
import { urn, type Json, type Resource } from '#server/scim/index.ts'
import { CAL, ENT, ERROR, expectError, LIST, person, resourcesOf, textOf, useDoor, USER } from './client.ts'
import type { Method } from './client.ts'

const door = useDoor()
const CORE = 'urn:ietf:params:scim:schemas:core:2.0'
const publicly = { authorization: undefined }

describe('ServiceProviderConfig', () => {
  it('D1, D2, D3, D4, D5, D20, AU1, B10: is one resource with every feature, readable without credentials', async () => {
    const tenant = await door.shared()
    const { status, body } = await tenant.get('/ServiceProviderConfig', publicly)
    expect(status).toBe(200)
    expect(body['schemas']).toEqual([`${CORE}:ServiceProviderConfig`])
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 500 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      meta: { resourceType: 'ServiceProviderConfig', location: `${tenant.base}/ServiceProviderConfig` },
    })
    const schemes = body['authenticationSchemes'] as unknown as readonly Resource[]
    expect(schemes[0]).toMatchObject({
      type: 'oauthbearertoken',
      name: expect.any(String) as string,
      description: expect.any(String) as string,
    })
  })

  it('Q3: a filter on it is ignored', async () => {
    const tenant = await door.shared()
    expect((await tenant.get('/ServiceProviderConfig?filter=x')).status).toBe(200)
  })
})

describe('ResourceTypes', () => {
  it('D8, D9, D10, D18, D21: lists users with their extensions and groups, one by one, too', async () => {
    const tenant = await door.shared()
    const { body } = await tenant.get('/ResourceTypes', publicly)
    expect(body).toMatchObject({ schemas: [LIST], totalResults: 2, startIndex: 1, itemsPerPage: 2 })
    const [user, group] = resourcesOf(body)
    expect(user).toMatchObject({
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      schema: USER,
      schemaExtensions: [
        { schema: ENT, required: false },
        { schema: CAL, required: false },
      ],
    })
    expect(group).toMatchObject({ id: 'Group', endpoint: '/Groups', schema: urn.group, schemaExtensions: [] })
    expect((await tenant.get('/ResourceTypes/User', publicly)).body).toEqual(user)
    expectError(await tenant.get('/ResourceTypes/Users', publicly), 404)
  })
})

describe('Schemas', () => {
  it('D11, D13, D18, D22: lists every schema in use, its own included', async () => {
    const tenant = await door.shared()
    const { body } = await tenant.get('/Schemas', publicly)
    const ids = resourcesOf(body).map(schema => textOf(schema['id']))
    const discovery = ['ServiceProviderConfig', 'ResourceType', 'Schema'].map(name => `${CORE}:${name}`)
    expect([...ids].sort()).toEqual([USER, urn.group, ENT, CAL, ...discovery].sort())
    expect(body).toMatchObject({ totalResults: ids.length, startIndex: 1, itemsPerPage: ids.length })
    expectError(await tenant.get('/Schemas/urn:nothing', publicly), 404)
  })

  it('D12: a schema is found percent-encoded and in another letter case', async () => {
    const tenant = await door.shared()
    for (const name of [encodeURIComponent(CAL), CAL.toLowerCase(), CAL.toUpperCase()]) {
      expect((await tenant.get(`/Schemas/${name}`)).body['id']).toBe(CAL)
    }
  })

  it('D15: no discovery document has a null', async () => {
    const tenant = await door.shared()
    for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
      expect((await tenant.get(path)).text).not.toMatch(/[:,[]null/)
    }
  })

  it('D14, D23, D24: attributes carry their characteristics', async () => {
    const tenant = await door.shared()
    const attributes = await attributesOf(tenant, USER)
    for (const attribute of attributes) {
      for (const key of [
        'name',
        'type',
        'multiValued',
        'description',
        'required',
        'mutability',
        'returned',
      ]) {
        expect(attribute[key], `${key} of ${textOf(attribute['name'])}`).toBeDefined()
      }
    }
    const named = new Map(attributes.map(each => [textOf(each['name']), each]))
    expect(named.get('userName')).toMatchObject({
      required: true,
      caseExact: false,
      uniqueness: 'server',
      mutability: 'readWrite',
    })
    expect(named.get('id')).toMatchObject({ mutability: 'readOnly', returned: 'always', caseExact: true })
    expect(named.has('password')).toBe(false)
    for (const name of ['emails', 'phoneNumbers', 'ims', 'photos', 'addresses']) {
      const type = subsOf(named.get(name)).find(sub => sub['name'] === 'type')
      expect(type?.['canonicalValues'], name).toBeDefined()
    }
  })
})

describe('changes', () => {
  const paths = [
    '/ServiceProviderConfig',
    '/ResourceTypes',
    '/ResourceTypes/User',
    '/Schemas',
    `/Schemas/${USER}`,
  ]
  const methods: Method[] = ['POST', 'PUT', 'PATCH', 'DELETE']
  const bodies = [undefined, '{}', 'test']
  it.each(paths)('D19: writing to %s is 405 and says what works, whatever the body', async path => {
    const tenant = await door.shared()
    for (const method of methods) {
      for (const body of bodies) {
        const answer = await tenant.call({ method, path, body })
        expectError(answer, 405)
        expect(answer.headers['allow']).toBe('GET, HEAD, OPTIONS')
      }
    }
  })

  it('D17: a filter is refused on collections, other parameters are ignored', async () => {
    const tenant = await door.shared()
    for (const path of ['/Schemas', '/ResourceTypes']) {
      const refused = await tenant.get(`${path}?filter=id eq "x"`.replaceAll(' ', '%20'))
      expect(refused.status).toBe(403)
      expect(refused.body['schemas']).toEqual([ERROR])
      expect((await tenant.get(`${path}?count=1&startIndex=2&attributes=id&x`)).status).toBe(200)
    }
  })
})

interface Leaf {
  /** Path in a filter. */
  readonly name: string
  readonly type: string
  /** The resource that has a value there. */
  readonly resource: (value: Json) => Resource
}

const samples: Record<string, readonly [Json, Json]> = {
  string: ['Sample one', 'Sample two'],
  reference: ['https://ex.org/one', 'https://ex.org/two'],
  binary: ['AQID', 'BAUG'],
  boolean: [true, false],
}

describe('truth', () => {
  it.each([USER, ENT, CAL])(
    'D16: every writable attribute of %s is written, read, filtered and patched',
    async schema => {
      const tenant = await door.shared()
      const leaves = (await attributesOf(tenant, schema)).flatMap(attribute => leavesOf(attribute, schema))
      expect(leaves.length).toBeGreaterThan(schema === USER ? 40 : 0)
      for (const leaf of leaves) await proveLeaf(tenant, leaf)
    },
  )
})

async function proveLeaf(tenant: Awaited<ReturnType<typeof door.tenant>>, leaf: Leaf): Promise<void> {
  const [one, two] = samples[leaf.type] ?? []
  if (one === undefined || two === undefined) throw new Error(`No sample of type ${leaf.type}.`)
  const first = person({ ...leaf.resource(one) })
  const id = await tenant.make(first)
  expect((await tenant.get(`/Users/${id}`)).body, leaf.name).toMatchObject(leaf.resource(one))
  const names = await tenant.find(`${leaf.name} eq ${JSON.stringify(one)}`)
  expect(names, leaf.name).toContain(first['userName'] ?? one)
  expect(await tenant.find(`${leaf.name} pr`), leaf.name).toContain(first['userName'] ?? one)
  const changed = await tenant.patch(`/Users/${id}`, [{ op: 'replace', value: leaf.resource(two) }])
  expect(changed.status, `${leaf.name} ${changed.text}`).toBe(200)
  expect(changed.body, leaf.name).toMatchObject(leaf.resource(two))
  await tenant.remove(`/Users/${id}`)
}

async function attributesOf(tenant: Awaited<ReturnType<typeof door.tenant>>, schema: string) {
  const { body } = await tenant.get(`/Schemas/${schema}`)
  return body['attributes'] as unknown as readonly Resource[]
}

function subsOf(attribute: Resource | undefined): readonly Resource[] {
  return (attribute?.['subAttributes'] ?? []) as unknown as readonly Resource[]
}

function leavesOf(attribute: Resource, schema: string): Leaf[] {
  const { name, type, multiValued, mutability } = attribute as unknown as Record<string, string>
  if (mutability !== 'readWrite' || name === undefined || type === undefined) return []
  const prefix = schema === USER ? '' : `${schema}:`
  const within = (value: Json): Resource =>
    schema === USER ? { [name]: value } : { [schema]: { [name]: value } }
  const subs = subsOf(attribute).filter(sub => sub['mutability'] === 'readWrite')
  if (type !== 'complex') return [{ name: prefix + name, type, resource: within }]
  return subs.map(sub => {
    const part = textOf(sub['name'])
    const beside = part === 'value' || !subs.some(each => each['name'] === 'value') ? {} : { value: 'AAAA' }
    return {
      name: `${prefix}${name}.${part}`,
      type: textOf(sub['type']),
      resource: value => within(multiValued ? [{ ...beside, [part]: value }] : { [part]: value }),
    }
  })
}
