// The pure rules of people: life cycle, differences, columns, normal forms, names.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { columnsOf, searchKeyOf } from '#server/domain/users/rules/columns.ts'
import { diff } from '#server/domain/users/rules/diff.ts'
import { statusFor, transitionName } from '#server/domain/users/rules/lifecycle.ts'
import { caseKey, looksLikeEmail, nameKey } from '#server/domain/users/rules/normal-form.ts'
import { checkLengths, checkUserName } from '#server/domain/users/rules/user-name.ts'
import { isActive, userStatuses } from '#server/domain/users/rules/user.ts'
import { urn } from '#server/scim/index.ts'

const [ENT, CAL] = [urn.enterpriseUser, urn.calendlyUser]
const then = new Date('2026-01-01T00:00:00Z')

describe('the life cycle', () => {
  it.each([
    ['pending', null, true, 'pending', null],
    ['pending', null, false, 'deactivated', 'user.deactivated'],
    ['active', then, true, 'active', null],
    ['active', then, false, 'deactivated', 'user.deactivated'],
    ['deactivated', null, true, 'pending', 'user.reactivated'],
    ['deactivated', then, true, 'active', 'user.reactivated'],
    ['deactivated', then, false, 'deactivated', null],
  ] as const)(
    '%s (signed in: %s) asked for active %s becomes %s',
    (status, activatedAt, active, next, name) => {
      const standing = { status, activatedAt, role: 'user' } as const
      expect(statusFor(standing, active)).toBe(next)
      expect(transitionName(status, next)).toBe(name)
    },
  )

  it('a first sign-in activates', () => {
    expect(transitionName('pending', 'active')).toBe('user.activated')
  })

  it.each(['admin', 'group_admin', 'user'] as const)(
    'an owner keeps access, a person of role %s may lose it',
    role => {
      const standing = { status: 'active', activatedAt: then } as const
      expect(() => statusFor({ ...standing, role: 'owner' }, false)).toThrow(/Transfer ownership/)
      expect(statusFor({ ...standing, role }, false)).toBe('deactivated')
    },
  )

  it('pending and active people may use the service', () => {
    expect(userStatuses.filter(isActive)).toEqual(['pending', 'active'])
  })
})

describe('differences', () => {
  it.each([
    ['nothing', { a: 1 }, { a: 1 }, []],
    ['an order of keys', { name: { a: '1', b: '2' } }, { name: { b: '2', a: '1' } }, []],
    ['a new attribute', {}, { title: 'x' }, [{ path: 'title', before: null, after: 'x' }]],
    ['a gone attribute', { title: 'x' }, {}, [{ path: 'title', before: 'x', after: null }]],
    [
      'a part',
      { name: { givenName: 'A', familyName: 'L' } },
      { name: { givenName: 'B', familyName: 'L' } },
      [{ path: 'name.givenName', before: 'A', after: 'B' }],
    ],
    [
      'a gone complex value',
      { name: { givenName: 'A' } },
      {},
      [{ path: 'name.givenName', before: 'A', after: null }],
    ],
    ['an extension', {}, { [CAL]: { group: 'S' } }, [{ path: `${CAL}:group`, before: null, after: 'S' }]],
    [
      'a list',
      { emails: [{ value: 'a' }] },
      { emails: [{ value: 'b' }] },
      [{ path: 'emails', before: [{ value: 'a' }], after: [{ value: 'b' }] }],
    ],
    ['schemas alone', { schemas: ['a'] }, { schemas: ['b'] }, []],
    ['letter case', { userName: 'a' }, { userName: 'A' }, [{ path: 'userName', before: 'a', after: 'A' }]],
  ])('%s', (_case, before, after, changes) => {
    expect(diff(before, after)).toEqual(changes)
  })

  it('are empty between equal documents and mirrored the other way round', () => {
    const document = fc.dictionary(
      fc.constantFrom('a', 'b', 'name'),
      fc.oneof(fc.string(), fc.dictionary(fc.constantFrom('x', 'y'), fc.string(), { minKeys: 1 })),
    )
    fc.assert(
      fc.property(document, document, (one, other) => {
        expect(diff(one, one)).toEqual([])
        const there = diff(one, other).map(({ path, before, after }) => ({
          path,
          before: after,
          after: before,
        }))
        const back = diff(other, one)
        expect(new Set(back.map(each => JSON.stringify(each)))).toEqual(
          new Set(there.map(each => JSON.stringify(each))),
        )
      }),
    )
  })
})

describe('columns', () => {
  it('are taken from the document', () => {
    const document = {
      userName: 'Ada@Ex.org',
      externalId: 'X1',
      name: { givenName: 'Ada', familyName: 'L' },
      title: 'Analyst',
      emails: [{ value: 'a@home.net' }, { value: 'Ada@Work.org', primary: true }, { value: 'ada@work.org' }],
      [ENT]: { department: 'Maths' },
      [CAL]: { group: ' Sales ' },
    }
    expect(columnsOf(document)).toEqual({
      userName: 'Ada@Ex.org',
      userNameKey: 'ada@ex.org',
      externalId: 'X1',
      displayName: 'Ada L',
      email: 'Ada@Work.org',
      emailKeys: ['a@home.net', 'ada@work.org'],
      givenName: 'Ada',
      familyName: 'L',
      title: 'Analyst',
      department: 'Maths',
      identityProviderGroups: [' Sales '],
      searchKey: 'ada l ada@ex.org ada@work.org x1',
    })
  })

  it.each([
    ['displayName', { displayName: 'D', name: { formatted: 'F', givenName: 'G' } }, 'D'],
    ['the formatted name', { name: { formatted: 'F', givenName: 'G' } }, 'F'],
    ['given and family name', { name: { givenName: 'G', familyName: 'L' } }, 'G L'],
    ['one part', { name: { familyName: 'L' } }, 'L'],
    ['userName', {}, 'u'],
  ])('the shown name is %s', (_case, rest, shown) => {
    expect(columnsOf({ userName: 'u', ...rest }).displayName).toBe(shown)
  })

  it('long texts fit into an index, cut between characters', () => {
    const long = '😀'.repeat(2_000)
    const { displayName, searchKey, emailKeys } = columnsOf({
      userName: 'u',
      displayName: long,
      emails: [{ value: long }],
    })
    expect(displayName).toBe('😀'.repeat(200))
    expect(Buffer.byteLength(searchKey)).toBeLessThan(2_700)
    expect(searchKey).not.toMatch(/\p{Surrogate}/u)
    expect(emailKeys).toEqual([])
  })

  it('the search key has each word once', () => {
    expect(searchKeyOf(['Ada', null, '', 'ADA', 'L'])).toBe('ada l')
  })
})

describe('normal forms', () => {
  it.each([
    ['letter case', 'ADA', 'ada'],
    ['composition', 'jo\u0308rg', 'jörg'],
    ['full width', 'ａｄａ＠ｅｘ', 'ada@ex'],
    ['letter case beyond ASCII', 'ÖÇŁ', 'öçł'],
  ])('DM26: %s makes no other name', (_case, one, other) => {
    expect(nameKey(one)).toBe(nameKey(other))
  })

  it.each([
    ['ß', 'ss'],
    ['a', 'а'],
    ['a', 'a '],
    ['ı', 'i'],
  ])('%s and %s are two names', (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other))
  })

  it('are their own normal forms', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(caseKey(caseKey(text))).toBe(caseKey(text))
      }),
      { examples: [['İ'], ['ΑΣ']] },
    )
  })

  it.each(['ada@ex.org', 'a+b@x.y.z', "o'brien@ex.co.uk", 'jörg@exämple.de'])(
    '%s looks like an address',
    text => {
      expect(looksLikeEmail(text)).toBe(true)
    },
  )

  it.each([
    '',
    'ada',
    'ada@',
    '@ex.org',
    'ada@ex',
    'a b@ex.org',
    'a@b@ex.org',
    'ada@ex..org',
    'ada@.org',
    `${'a'.repeat(65)}@ex.org`,
    `a@${'b'.repeat(260)}.org`,
  ])('%s does not', text => {
    expect(looksLikeEmail(text)).toBe(false)
  })
})

describe('names', () => {
  it('a key that no index could find again is refused', () => {
    expect(() => {
      checkLengths({ userName: '😀'.repeat(501) })
    }).toThrow(/userName is too long/)
    expect(() => {
      checkLengths({ userName: 'a', externalId: 'x'.repeat(2_001) })
    }).toThrow(/externalId is too long/)
    expect(() => {
      checkLengths({ userName: '😀'.repeat(500), externalId: 'x'.repeat(2_000) })
    }).not.toThrow()
  })

  it('Q10: userName must be an e-mail only where it is wanted', () => {
    const wanted = provisioningSettings({ userNameMustBeEmail: true })
    expect(() => {
      checkUserName({ userName: 'ada' }, wanted)
    }).toThrow(/no e-mail address/)
    expect(() => {
      checkUserName({ userName: 'ada@ex.org' }, wanted)
    }).not.toThrow()
    expect(() => {
      checkUserName({ userName: 'ada' }, provisioningSettings({}))
    }).not.toThrow()
  })
})
