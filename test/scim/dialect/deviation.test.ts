// Every tolerated departure: its words, its section, its refusal, and that the engine tells it before it tolerates it.
import { describe, expect, it } from 'vitest'
import {
  accept,
  applyPatch,
  deviationRefusal,
  deviations,
  deviationSentence,
  isDeviation,
  parseFilter,
  parsePatch,
  urn,
  userType,
  type DeviationId,
  type Tolerate,
} from '#server/scim/index.ts'

describe('a deviation', () => {
  it.each(deviations)(
    '$id says what was sent, how it was understood, and where the standard stands',
    each => {
      expect(each.sentence).toMatch(/^[A-Z].+; .+\.$/)
      expect(each.rfc).toMatch(/^RFC \d{4} section \d+(\.\d+)*$/)
      expect(isDeviation(each.id)).toBe(true)
      const { status, detail } = deviationRefusal(each.id)
      expect(status).toBe(400)
      expect(detail).toContain(each.rfc)
      expect(detail).toContain(`"${each.id}"`)
    },
  )

  it('names what it was about, and is none of the words that every object has', () => {
    expect(deviationSentence('unknown-attribute', 'shoeSize')).toBe(
      'An attribute came that no schema knows (shoeSize); it was ignored.',
    )
    expect(['toString', '__proto__', 'removed-nobody'].filter(isDeviation)).toEqual([])
  })
})

/** What the engine told while it did something. */
function told(act: (tolerate: Tolerate) => unknown): DeviationId[] {
  const heard: DeviationId[] = []
  act(id => heard.push(id))
  return heard
}

const find = (filter: string) => (tolerate: Tolerate) => parseFilter(filter, userType, { tolerate })
const patch = (operation: object, schemas: readonly string[] | undefined = [urn.patchOp]) => {
  const ada = { userName: 'ada', emails: [{ value: 'a@b', type: 'work' }] }
  return (tolerate: Tolerate) => {
    const body = { ...(schemas.length > 0 ? { schemas } : {}), Operations: [operation] }
    return applyPatch(ada, parsePatch(body, userType, { tolerate }).operations, userType)
  }
}
const create = (more: object) => (tolerate: Tolerate) =>
  accept({ schemas: [urn.user], userName: 'ada', ...more }, userType, { interaction: 'create', tolerate })
const primaries = ['a', 'b'].map(value => ({ value, primary: true }))

type Case = readonly [what: string, act: (tolerate: Tolerate) => unknown, told: readonly DeviationId[]]
const cases: readonly Case[] = [
  ['the standard form', find('userName eq "ada" and active eq true'), []],
  ['F21', find('emails[type eq "work"].value eq "a@b"'), ['filter-behind-brackets']],
  ['F22', find('active eq "True"'), ['filter-boolean-as-text']],
  ['F22, EN24: in brackets', find('emails[primary eq "True"]'), ['filter-boolean-as-text']],
  ['F23', find('userName eq ada'), ['filter-text-without-quotes']],
  ['F25', find('userName eq"ada"'), ['filter-blank-missing']],
  ['F27', find('manager eq "U2"'), ['filter-attribute-without-urn']],
  ['F12: with its URN', find(`${urn.enterpriseUser}:manager eq "U2"`), []],
  ['H2', patch({ op: 'replace', path: 'title', value: 'x' }, []), ['patch-without-schemas']],
  ['Q13', patch({ op: 'remove', path: 'emails', value: [{ value: 'a@b' }] }), ['remove-with-value']],
  ['H31: without a list', patch({ op: 'remove', path: 'emails' }), []],
  ['Q14', patch({ op: 'add', path: 'emails[type eq "home"].value', value: 'x' }), ['element-created']],
  ['H45: a match', patch({ op: 'replace', path: 'emails[type eq "work"].value', value: 'x' }), []],
  ['EN24', patch({ op: 'remove', path: 'emails[primary eq "True"]' }), ['filter-boolean-as-text']],
  ['DM10', create({ emails: primaries }), ['two-primaries']],
  ['DM14', create({ schemas: [urn.user, urn.user] }), ['schema-named-twice']],
  ['C1: as it should be', create({ emails: primaries.slice(1) }), []],
]

describe('the engine', () => {
  it.each(cases)('%s is told', (_what, act, expected) => {
    expect(told(act)).toEqual(expected)
  })

  it('H4: what is not tolerated stops a PATCH as a whole', () => {
    const act = patch({ op: 'add', path: 'emails[type eq "home"].value', value: 'x' })
    const refuse: Tolerate = id => {
      throw deviationRefusal(id)
    }
    expect(() => act(refuse)).toThrow(/emails\[type eq "work"\].*RFC 7644 section 3\.5\.2\.3/)
  })
})
