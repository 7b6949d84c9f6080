// What filters mean, one line per rule of the checklist.
import { describe, expect, it } from 'vitest'
import { ada, CAL, ENT, hits, without } from '../people.ts'

const yes: readonly (readonly [string, string])[] = [
  ['F1', 'userName eq "ada@ex.org"'],
  ['F1', 'userName ne "bob@ex.org"'],
  ['F1', 'userName co "@ex"'],
  ['F1', 'userName sw "ada"'],
  ['F1', 'userName ew "ORG"'],
  ['F1', 'userName gt "a" and userName ge "ada@ex.org" and userName lt "b" and userName le "ada@ex.org"'],
  ['F2', 'USERNAME EQ "ada@ex.org" AND Active eq TRUE'],
  ['F2', 'title Eq NULL or active eq True'],
  ['F3', 'title eq "x" and title eq "y" or active eq true'],
  ['F3', 'active eq true or title eq "x" and title eq "y"'],
  ['F3', '(active eq true or title eq "x") and title eq "Analyst"'],
  ['F3', 'not (active eq false) and title eq "Analyst"'],
  ['F4', 'not(title eq "x")'],
  ['F4', 'not (title eq "x")'],
  ['F4', 'not (not (title eq "Analyst"))'],
  ['F5', 'displayName eq "Ada L \\"the first\\" \\\\ \\u738b"'],
  ['F6', 'userName EQ "ADA@EX.ORG"'],
  ['F6', 'externalId eq "Ext-1"'],
  ['F6', 'id eq "u1"'],
  ['DM26', 'userName eq "ａｄａ@ex.org"'],
  ['F7', 'emails co "home"'],
  ['F7', 'emails.type eq "home"'],
  ['F8', 'emails[type eq "work" and value co "@ex"]'],
  ['F8', 'emails.type eq "work" and emails.value co "@home"'],
  ['F8', 'emails[not (type eq "work")]'],
  ['F9', 'emails pr'],
  ['F9', 'name.givenName pr'],
  ['F9', `${ENT}:manager pr`],
  ['F10', 'meta.created eq "2026-01-01T08:00:00Z"'],
  ['F10', 'meta.created lt "2026-01-01T08:00:00.001Z"'],
  ['F10', 'meta.lastModified ge "2026-02-01T01:00:00+01:00"'],
  ['F11', 'nickName eq null'],
  ['F11', 'title ne null'],
  ['F11', 'nickName ne "x"'],
  ['F11', 'emails.value ne "nobody@ex.org"'],
  ['F12', 'urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq "lovelace"'],
  ['F12', `${ENT}:department eq "maths"`],
  ['F12', `${ENT.toUpperCase()}:DEPARTMENT eq "maths"`],
  ['F18', 'meta.resourceType eq "User"'],
  ['F18', 'groups.value eq "g1"'],
  ['F18', 'groups[value eq "g1"]'],
  ['F18', `schemas eq "${CAL}" or id pr`],
  ['F21', 'emails[type eq "work"].value eq "ADA@ex.org"'],
  ['F22', 'emails[primary eq "True"] and active eq "true"'],
  ['F23', 'userName sw Ada'],
  ['F23', 'externalId eq Ext-1'],
  ['F25', 'userName eq"ada@ex.org"'],
  ['F27', 'id eq "u1" and manager eq "u9"'],
  ['F27', `${ENT}:manager eq "u9"`],
  ['F28', 'emails eq "ada@ex.org"'],
  ['G6', `${CAL}:group eq "Sales"`],
  ['OT4', 'emails[primary eq false]'],
]

const no: readonly (readonly [string, string])[] = [
  ['F3', 'not (active eq true) and title eq "Analyst"'],
  ['F3', '(active eq false or title eq "Analyst") and title eq "x"'],
  ['F6', 'externalId eq "ext-1"'],
  ['F6', 'id eq "U1"'],
  ['F8', 'emails[type eq "work" and value co "@home"]'],
  ['F8', 'name[givenName eq "Ada" and familyName eq "Byron"]'],
  ['F9', 'nickName pr'],
  ['F9', 'phoneNumbers pr'],
  ['F9', 'emails[type eq "home" and primary pr]'],
  ['F10', 'meta.created gt "2026-01-01T09:00:00Z"'],
  ['F11', 'title eq null'],
  ['F11', 'emails.value ne "ada@ex.org"'],
  ['F11', 'nickName co "x" or nickName gt "a" or nickName eq "x"'],
  ['F21', 'emails[type eq "work"].value eq "ada@home.net"'],
  ['G6', `${CAL}:group eq "sales"`],
]

describe('matches', () => {
  it.each(yes)('%s: holds for %s', (_id, filter) => {
    expect(hits(filter)).toBe(true)
  })

  it.each(no)('%s: does not hold for %s', (_id, filter) => {
    expect(hits(filter)).toBe(false)
  })

  it('DM26: takes composed and decomposed letters for the same', () => {
    expect(hits('userName eq "AM\u00c9LIE"', { userName: 'Ame\u0301lie' })).toBe(true)
    expect(hits('externalId eq "\u00e9"', { externalId: 'e\u0301' })).toBe(false)
  })

  it('F9: finds empty texts, lists and parts not present', () => {
    const hollow = { userName: '', emails: [], name: { givenName: '' } }
    expect(['userName pr', 'emails pr', 'name pr'].map(filter => hits(filter, hollow))).toEqual([
      false,
      false,
      false,
    ])
  })

  it('F11: answers ne with the exact opposite of eq', () => {
    for (const person of [ada, without(ada, 'title')]) {
      expect(hits('title ne "Analyst"', person)).toBe(!hits('title eq "Analyst"', person))
    }
  })
})
