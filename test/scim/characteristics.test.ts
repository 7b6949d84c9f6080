// Every characteristic an attribute can have, shown on a made-up resource type that uses them all.
import { describe, expect, it, vi } from 'vitest'
import {
  accept,
  applyPatch,
  matches,
  parseFilter,
  parsePatch,
  present,
  schemas,
  type Attribute,
  type Resource,
  type ResourceType,
} from '#server/scim/index.ts'
import { reasonOf } from './people.ts'

type Traits = Partial<Attribute> & { readonly name: string }
const make = (traits: Traits): Attribute => ({
  type: 'string',
  multiValued: false,
  description: 'x',
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  maxLength: 100,
  ...traits,
})

const parts = [
  make({ name: 'code', required: true, mutability: 'immutable' }),
  make({ name: 'pin', returned: 'never' }),
  make({ name: 'note', returned: 'request' }),
  make({ name: 'seal', returned: 'always' }),
  make({ name: 'shelf', mutability: 'readOnly' }),
]
const badge: ResourceType = {
  name: 'Badge',
  endpoint: '/Badges',
  description: 'x',
  schema: {
    id: 'urn:example:Badge',
    name: 'Badge',
    description: 'x',
    attributes: [
      make({ name: 'serial', mutability: 'immutable' }),
      make({ name: 'level', type: 'integer' }),
      make({ name: 'weight', type: 'decimal' }),
      make({ name: 'until', type: 'dateTime' }),
      make({ name: 'issued', required: true, mutability: 'readOnly' }),
      make({ name: 'tags', multiValued: true }),
      make({
        name: 'lots',
        type: 'complex',
        multiValued: true,
        subAttributes: [make({ name: 'size', required: true })],
      }),
      make({ name: 'keys', type: 'complex', multiValued: true, subAttributes: parts }),
    ],
  },
  extensions: [
    {
      required: true,
      schema: {
        id: 'urn:example:Owner',
        name: 'Owner',
        description: 'x',
        attributes: [make({ name: 'name', required: true })],
      },
    },
  ],
}
const owner = { 'urn:example:Owner': { name: 'Ada' } }
const stored: Resource = {
  serial: 'S1',
  level: 3,
  weight: 1.5,
  until: '2026-01-01T00:00:00',
  tags: ['a', 'b'],
  ...owner,
}
const body = (more: object) => ({ schemas: ['urn:example:Badge', 'urn:example:Owner'], ...owner, ...more })
const create = (more: object) => accept(body(more), badge, { interaction: 'create' }).resource
const replace = (more: object) =>
  accept(body(more), badge, { interaction: 'replace', current: stored }).resource
const patch = (resource: Resource, ...Operations: unknown[]) =>
  applyPatch(resource, parsePatch({ Operations }, badge).operations, badge)
const holds = (filter: string) => matches(parseFilter(filter, badge), stored)

describe('characteristics', () => {
  it('DM5: take whole numbers for integers and any for decimals', () => {
    expect(create({ level: 3, weight: 0.5 })).toEqual({ level: 3, weight: 0.5, ...owner })
    for (const level of [1.5, '3', 2 ** 60])
      expect(reasonOf(() => create({ level }))).toBe('400 invalidValue')
    for (const weight of ['1', Infinity, true])
      expect(reasonOf(() => create({ weight }))).toBe('400 invalidValue')
  })

  it('DM6: take full dates and times', () => {
    expect(create({ until: '2026-01-31T09:30:00.5+01:00' })).toMatchObject({
      until: '2026-01-31T09:30:00.5+01:00',
    })
    const leap = '2024-02-29T24:00:00-14:00'
    expect(create({ until: leap })).toMatchObject({ until: leap })
    const none = ['2026-02-30T00:00:00Z', '0000-01-01T00:00:00Z', '2026-01-01T00:00:00+20:00']
    for (const until of ['2026-01-31', 'soon', '2026-13-01T00:00:00Z', ...none])
      expect(reasonOf(() => create({ until }))).toBe('400 invalidValue')
  })

  it('F10, F15: compare numbers and dates by their kind', () => {
    const yes = [
      'level gt 2',
      'level eq 3.0',
      'weight le 1.5e0',
      'until eq "2026-01-01T01:00:00+01:00"',
      'tags eq "B"',
      'tags pr',
    ]
    expect(yes.filter(filter => !holds(filter))).toEqual([])
    expect(holds('level lt 3')).toBe(false)
    for (const filter of [
      'level eq "3"',
      'level co 3',
      'level gt x',
      'weight eq true',
      'tags[value eq "a"]',
    ]) {
      expect([filter, reasonOf(() => holds(filter))]).toEqual([filter, '400 invalidFilter'])
    }
  })

  it('F10: take a date without offset as UTC wherever the server stands', () => {
    vi.stubEnv('TZ', 'Asia/Tokyo')
    expect(new Date('2026-01-01T00:00:00').getTimezoneOffset()).toBe(-540)
    expect(holds('until eq "2026-01-01T00:00:00Z"')).toBe(true)
    vi.unstubAllEnvs()
  })

  it('U4: keep an immutable value in a replace and refuse another', () => {
    expect(replace({})).toEqual({ serial: 'S1', ...owner })
    expect(replace({ serial: 'S1' })).toEqual({ serial: 'S1', ...owner })
    expect(reasonOf(() => replace({ serial: 'S2' }))).toBe('400 mutability')
    expect(
      accept(body({ serial: 'S2' }), badge, { interaction: 'create', current: stored }).resource,
    ).toMatchObject({ serial: 'S2' })
  })

  it('H10: refuse to patch an immutable value or part away', () => {
    const keyed = patch(stored, { op: 'add', path: 'keys', value: [{ code: 'k', pin: '1' }] })
    expect(reasonOf(() => patch(stored, { op: 'remove', path: 'serial' }))).toBe('400 mutability')
    expect(reasonOf(() => patch(keyed, { op: 'replace', path: 'keys[code eq "k"].code', value: 'l' }))).toBe(
      '400 mutability',
    )
    expect(
      reasonOf(() => patch(keyed, { op: 'replace', path: 'keys[code eq "k"]', value: { code: 'l' } })),
    ).toBe('400 mutability')
    expect(reasonOf(() => patch(keyed, { op: 'remove', path: 'keys[code eq "k"].code' }))).toBe(
      '400 mutability',
    )
    expect(patch(keyed, { op: 'remove', path: 'keys[code eq "k"]' })).toEqual(stored)
  })

  it('H32: refuse to take a required part of an element away', () => {
    const lots = { ...stored, lots: [{ size: 'L' }] }
    expect(reasonOf(() => patch(lots, { op: 'remove', path: 'lots[size eq "L"].size' }))).toBe(
      '400 mutability',
    )
    expect(reasonOf(() => patch(lots, { op: 'remove', path: 'lots.size' }))).toBe('400 mutability')
  })

  it('C3: ask for required parts and extensions, not for what is read-only', () => {
    expect(create({ keys: [{ code: 'k' }] })).toMatchObject({ keys: [{ code: 'k' }] })
    expect(reasonOf(() => create({ keys: [{ seal: 's' }] }))).toBe('400 invalidValue')
    expect(reasonOf(() => create({ 'urn:example:Owner': null }))).toBe('400 invalidValue')
    expect(reasonOf(() => create({ 'urn:example:Owner': { name: ' ' } }))).toBe('400 invalidValue')
  })

  it('H22, H23, H31: patch lists of plain values', () => {
    expect(patch(stored, { op: 'add', path: 'tags', value: ['b', 'c'] })).toMatchObject({
      tags: ['a', 'b', 'c'],
    })
    expect(patch(stored, { op: 'add', path: 'tags', value: 'c' })).toMatchObject({ tags: ['a', 'b', 'c'] })
    expect(patch(stored, { op: 'remove', path: 'tags', value: ['a'] })).toMatchObject({ tags: ['b'] })
    expect(reasonOf(() => patch(stored, { op: 'remove', path: 'tags[value eq "a"]' }))).toBe(
      '400 invalidPath',
    )
  })

  it('A3, A5: show parts by their returned characteristic', () => {
    const full: Resource = { keys: [{ code: 'k', pin: '1', note: 'n', seal: 's' }] }
    const shown = (...keys: string[]) =>
      present(full, badge, keys.length > 0 ? { kind: 'only', keys: new Set(keys) } : { kind: 'default' })[
        'keys'
      ]
    expect(shown()).toEqual([{ code: 'k', seal: 's' }])
    expect(shown('keys.code')).toEqual([{ code: 'k', seal: 's' }])
    expect(shown('keys.note', 'keys.pin')).toEqual([{ note: 'n', seal: 's' }])
  })

  it('D14: are published where they apply', () => {
    const [document] = schemas('https://x', [badge])
    expect(document?.['attributes']).toContainEqual({
      name: 'level',
      type: 'integer',
      multiValued: false,
      description: 'x',
      required: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    })
  })
})
