// Walks the examples of the RFCs in test/fixtures/rfc; one file is one example, named by RFC, section and subject.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  accept,
  applyPatch,
  matches,
  parseFilter,
  parsePatch,
  parseSelection,
  present,
  userType,
  type Resource,
} from '#server/scim/index.ts'
import { refusalOf } from './people.ts'

const folder = new URL('../fixtures/rfc/', import.meta.url)

type Example =
  | { act: 'body'; body: unknown; expected: Resource }
  | { act: 'patch'; resource: Resource; body: unknown; expected: Resource }
  | { act: 'filters'; resource: Resource; holding: string[]; failing: string[] }
  | {
      act: 'selection'
      resource: Resource
      attributes?: string
      excludedAttributes?: string
      expected: Resource
    }
  | { act: 'refusal'; resource: Resource; body: unknown; expected: Resource }

function patch(resource: Resource, body: unknown): Resource {
  return applyPatch(resource, parsePatch(body, userType).operations, userType)
}

/** Each kind of example ends in the same assertion on every run, so a new file is a new test. */
function check(example: Example): void {
  switch (example.act) {
    case 'body': {
      const { resource, ignored } = accept(example.body, userType, { interaction: 'create' })
      expect(present(resource, userType, { kind: 'default' })).toEqual(example.expected)
      expect(ignored).toEqual([])
      return
    }
    case 'patch':
      expect(patch(example.resource, example.body)).toEqual(example.expected)
      return
    case 'filters':
      for (const filter of [...example.holding, ...example.failing]) {
        const holds = matches(parseFilter(filter, userType, { strict: true }), example.resource)
        expect([filter, holds]).toEqual([filter, example.holding.includes(filter)])
      }
      return
    case 'selection':
      expect(present(example.resource, userType, parseSelection(example, userType))).toEqual(example.expected)
      return
    case 'refusal':
      expect(refusalOf(() => patch(example.resource, example.body)).toBody()).toMatchObject(example.expected)
  }
}

describe('the examples of the RFCs', () => {
  it.each(readdirSync(folder).filter(file => file.endsWith('.json')))('%s', file => {
    const example = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Example
    expect.hasAssertions()
    check(example)
  })
})
