// The rules of the mapping against what they promise, for hundreds of random people, rows and values; no database.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { difference, fingerprint } from '#server/domain/group-mappings/fingerprint.ts'
import { checkDraft } from '#server/domain/group-mappings/rules/draft.ts'
import { noMapping, type Mapping } from '#server/domain/group-mappings/rules/mapping.ts'
import { matchKeys } from '#server/domain/group-mappings/rules/match-key.ts'
import { nearMissFinder } from '#server/domain/group-mappings/rules/near-miss.ts'
import {
  isStill,
  plan,
  type Person,
  type PersonPlan,
  type Source,
} from '#server/domain/group-mappings/rules/plan.ts'
import { kindOf, movementsOf, summarize } from '#server/domain/group-mappings/rules/plan-summary.ts'
import { summedChanges, valueChanges } from '#server/domain/group-mappings/rules/value-change.ts'
import { seeded } from '#test/support/property-runs.ts'
import { draftFrom, meant, said, takenRows, textOf, vocabulary } from './any-value.ts'

const groupId = fc.constantFrom('A', 'B', 'C', 'D')

interface Case {
  readonly people: readonly Person[]
  readonly mapping: Mapping
}

const row = fc.record({ value: said, groupId })
const reason = fc.record({ groupId, isDefault: fc.boolean(), value: said })
const somebody = fc.record({
  values: fc.array(said, { maxLength: 4 }),
  frozen: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  reasons: fc.uniqueArray(reason, {
    maxLength: 4,
    selector: each => `${each.groupId}${String(each.isDefault)}`,
  }),
  otherwise: fc.uniqueArray(groupId, { maxLength: 2 }),
})
const mostly = fc.oneof({ weight: 7, arbitrary: fc.constant(true) }, fc.constant(false))

/** People and rows that share a vocabulary, so that they often meet. */
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    words: vocabulary,
    rows: fc.array(row, { maxLength: 6 }),
    people: fc.array(somebody, { minLength: 1, maxLength: 5 }),
    enabled: mostly,
    entitled: mostly,
    defaultGroupId: fc.option(groupId),
  })
  .map(({ words, rows, people, ...rest }) => {
    const typed = takenRows(rows.map(each => ({ ...each, value: textOf(words, each.value) })))
    const kept = typed.map((each, position) => ({
      ...each,
      value: each.value.trim(),
      id: `${position}`,
      position,
    }))
    return {
      mapping: { ...noMapping, ...rest, rows: kept },
      people: people.map(({ values, reasons, ...person }) => ({
        ...person,
        values: values.map(each => textOf(words, each)),
        sources: reasons.map(({ isDefault, value, groupId: id }): Source => ({
          groupId: id,
          kind: isDefault ? 'default' : 'mapping',
          value: isDefault ? null : textOf(words, value).trim(),
        })),
      })),
    }
  })

const always = (check: (person: Person, mapping: Mapping) => void): void => {
  const property = fc.property(anyCase, ({ people, mapping }) => {
    for (const person of people) check(person, mapping)
  })
  fc.assert(property, seeded(300))
}

/** Said without the code: the groups of the rows whose value somebody carries, else the default group. */
function belongs({ values }: Person, { rows, defaultGroupId }: Mapping): string[] {
  const carried = values.map(value => value.trim())
  const led = rows.filter(({ value }) => carried.includes(value)).map(each => `${each.groupId} mapping`)
  const fallback = defaultGroupId === null ? [] : [`${defaultGroupId} default`]
  return [...new Set(led.length > 0 ? led : fallback)].sort()
}

const acts = (person: Person, { enabled, entitled }: Mapping): boolean =>
  enabled && entitled && !person.frozen

/** The person after the plan was carried out. */
function carriedOut(person: Person, { gives, takes, refreshes }: PersonPlan): Person {
  const renewed = [...gives, ...refreshes]
  const over = [...takes, ...renewed].map(each => `${each.groupId} ${each.kind}`)
  const kept = person.sources.filter(each => !over.includes(`${each.groupId} ${each.kind}`))
  return { ...person, sources: [...kept, ...renewed] }
}

const reasonsOf = ({ sources }: Person): string[] =>
  [...new Set(sources.map(each => `${each.groupId} ${each.kind}`))].sort()
const groupsOf = ({ sources, otherwise }: Person): string[] => [
  ...new Set([...sources.map(each => each.groupId), ...otherwise]),
]

describe('the plan', () => {
  it('C4: leads everybody to the groups of the rows that they carry, else to the default group', () => {
    always((person, mapping) => {
      const after = carriedOut(person, plan(person, mapping))
      expect(reasonsOf(after)).toEqual(acts(person, mapping) ? belongs(person, mapping) : reasonsOf(person))
      expect(after.otherwise).toEqual(person.otherwise)
    })
  })

  it('C4: moves nobody who is deactivated, nor anybody without switch or plan', () => {
    always((person, mapping) => {
      if (!acts(person, mapping)) expect(plan(person, mapping)).toMatchObject({ joins: [], leaves: [] })
      if (!acts(person, mapping)) expect(isStill(plan(person, mapping))).toBe(true)
    })
  })

  it('C4: carried out, has nothing left to do; what else moves the same person, moves them the same way', () => {
    always((person, mapping) => {
      const after = carriedOut(person, plan(person, mapping))
      if (acts(person, mapping)) expect(isStill(plan(after, mapping))).toBe(true)
      const again = [...person.values, ...person.values.map(value => `\t${value} `)].reverse()
      expect(plan({ ...person, values: again }, mapping)).toEqual(plan(person, mapping))
    })
  })

  it('C2: names as joined and left exactly the groups that somebody is in newly and no longer', () => {
    always((person, mapping) => {
      const decided = plan(person, mapping)
      const [had, has] = [groupsOf(person), groupsOf(carriedOut(person, decided))]
      expect([...decided.joins].sort()).toEqual(has.filter(id => !had.includes(id)).sort())
      expect([...decided.leaves].sort()).toEqual(had.filter(id => !has.includes(id)).sort())
    })
  })

  it('C5: gives as reason a value that is carried and leads there, and keeps one that still does', () => {
    always((person, mapping) => {
      if (!acts(person, mapping)) return
      const leads = ({ value, groupId: id }: Source): boolean =>
        mapping.rows.some(each => each.value === value && each.groupId === id)
      const keys = matchKeys(person.values)
      for (const source of carriedOut(person, plan(person, mapping)).sources) {
        if (source.kind === 'default') continue
        expect(leads(source) && keys.includes(source.value ?? '')).toBe(true)
        const before = person.sources.find(each => each.kind === 'mapping' && each.groupId === source.groupId)
        if (before !== undefined && leads(before) && keys.includes(before.value ?? ''))
          expect(source.value).toBe(before.value)
      }
    })
  })
})

const crowd = fc.tuple(anyCase, fc.array(fc.nat({ max: 50 }), { minLength: 5, maxLength: 5 }))
const classesOf = ({ people }: Case, sizes: readonly number[]) =>
  people.map((person, n) => ({ person, people: sizes[n] ?? 0, mark: `mark ${n}` }))

describe('the totals of a preview', () => {
  it('C2: are those of the people one by one', () => {
    const property = fc.property(crowd, ([each, sizes]) => {
      const classes = classesOf(each, sizes)
      const { totals, flows } = summarize(classes, each.mapping)
      const count = (kind: string): number =>
        classes
          .filter(({ person }) => kindOf(plan(person, each.mapping)) === kind)
          .reduce((sum, { people }) => sum + people, 0)
      const [join, leave, move] = [count('join'), count('leave'), count('move')]
      expect(totals).toMatchObject({ join, leave, move, unchanged: count('unchanged') })
      expect(totals.people).toBe(join + leave + move + totals.unchanged)
      expect(flows.reduce((sum, { people }) => sum + people, 0)).toBe(join + leave + move)
    })
    fc.assert(property, seeded(200))
  })

  it('C2: have a fingerprint that is another one as soon as anybody else would move, or in another way', () => {
    const property = fc.property(crowd, anyCase, ([each, sizes], other) => {
      const shown = (mapping: Mapping, mark = '') => {
        const classes = classesOf(each, sizes).map(one => ({ ...one, mark: `${one.mark}${mark}` }))
        const summary = summarize(classes, mapping)
        return { version: 1, totals: summary.totals, draft: '', movements: movementsOf(summary) }
      }
      const now = shown(each.mapping)
      const told = fingerprint(now)
      expect(difference(told, now)).toBeNull()
      const others = shown(each.mapping, ' of others')
      expect(difference(told, others) === null).toBe(now.movements.length === 0)
      const elsewhere = shown(other.mapping)
      const same = JSON.stringify(elsewhere.movements) === JSON.stringify(now.movements)
      expect(difference(told, elsewhere) === null).toBe(same)
      expect(difference(told, { ...now, version: 2 })).toContain('changed by someone else')
      expect(difference(told, { ...now, draft: 'other rows' })).toContain('not the ones')
    })
    fc.assert(property, seeded(200))
  })
})

describe('values', () => {
  it('C1: are counted exactly, whatever people carry one after the other', () => {
    const life = fc.array(fc.array(meant, { maxLength: 4 }), { minLength: 1, maxLength: 6 })
    const property = fc.property(fc.array(life, { minLength: 1, maxLength: 4 }), lives => {
      const changes = lives.flatMap(values =>
        values.flatMap((now, n) => valueChanges(values[n - 1] ?? [], now)),
      )
      const last = lives.flatMap(values => matchKeys(values.at(-1) ?? []))
      const counted = summedChanges(changes).map(({ value, people }) => [value, people])
      const expected = [...new Set(last)].map(value => [value, last.filter(each => each === value).length])
      expect(new Map(counted as [string, number][])).toEqual(new Map(expected as [string, number][]))
    })
    fc.assert(property, seeded(300))
  })

  it('C1: of rows that nearly say the same are pointed out, of rows that say the same are not', () => {
    const disguises: readonly ((text: string) => string)[] = [
      text => text.toUpperCase(),
      text => text.toLowerCase(),
      text => text.normalize('NFD'),
      text => Array.from(text).join('\u200b'),
      text => Array.from(text).join(' \u00a0'),
    ]
    const property = fc.property(
      fc.array(meant, { minLength: 1 }),
      fc.nat(),
      fc.nat(),
      (words, which, how) => {
        const mapped = [...new Set(words.map(word => word.trim()))].filter(word => /[\p{L}\p{N}]/u.test(word))
        const value = mapped[which % mapped.length] ?? ''
        const disguised = (disguises[how % disguises.length] ?? String)(value)
        const found = nearMissFinder(mapped)(disguised)
        if (mapped.includes(disguised.trim())) expect(found).toBeNull()
        else if (mapped.length > 0) expect(nearMissFinder([value])(disguised)).toMatchObject({ value })
        if (found !== null) expect(found.kinds.length).toBeGreaterThan(0)
      },
    )
    fc.assert(property, seeded(300))
  })
})

describe('a draft', () => {
  const around = {
    mapping: noMapping,
    groupNames: new Map(['A', 'B', 'C', 'D'].map(id => [id, id])),
    takenNames: new Set<string>(),
  }
  const saving = { enabled: true, applyToExisting: false, defaultGroupId: null }
  const typed = fc.tuple(vocabulary, fc.array(row, { maxLength: 8 }))

  it('C1: is taken when every value leads to one group, else each row at fault is named', () => {
    const property = fc.property(typed, ([words, rows]) => {
      const wanted = rows.map(each => ({ ...each, value: textOf(words, each.value) }))
      const good = takenRows(wanted)
      const check = () => checkDraft(draftFrom(wanted, saving), around)
      if (good.length === wanted.length) {
        expect(check().mapping.rows.map(({ value, groupId: id }) => [value, id])).toEqual(
          wanted.map(({ value, groupId: id }) => [value.trim(), id]),
        )
        return
      }
      const bad = wanted.flatMap((each, index) =>
        good.includes(each) ? [] : [`rows.${String(index)}.value`],
      )
      try {
        check()
        expect.unreachable('The draft was taken.')
      } catch (error) {
        const { fields } = (error as { detail: { fields: { path: string }[] } }).detail
        expect(fields.map(({ path }) => path)).toEqual(bad)
      }
    })
    fc.assert(property, seeded(300))
  })
})
