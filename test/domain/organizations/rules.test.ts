// The pure rules of organizations, passwords and the log: entitlements, settings, redaction, sentences, cursors.
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { demandEntitlement, entitlementsOf, planOf } from '#server/domain/organizations/rules/entitlements.ts'
import { organizationName } from '#server/domain/organizations/rules/organization-name.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { parseCursor, printCursor } from '#server/domain/provisioning-log/rules/cursor.ts'
import { eventTypes } from '#server/domain/provisioning-log/rules/event.ts'
import { outcomeOf } from '#server/domain/provisioning-log/rules/exchange.ts'
import {
  redactedBody,
  redactedHeaders,
  redactedQuery,
  storableText,
} from '#server/domain/provisioning-log/rules/redact.ts'
import { sentence } from '#server/domain/provisioning-log/rules/sentence.ts'
import { noTally, seatsTaken, tallyOf } from '#server/domain/provisioning-log/rules/tally.ts'
import { mintSecret } from '#server/domain/secrets/secret.ts'
import { checkPassword } from '#server/domain/sessions/rules/password.ts'

describe('entitlements', () => {
  it.each([
    ['standard', {}, false, false],
    ['teams', {}, false, true],
    ['enterprise', {}, true, true],
    ['enterprise', { scim: false }, false, true],
    ['standard', { scim: true }, true, false],
    ['enterprise', { scim: 'no', nonsense: true }, true, true],
    ['enterprise', null, true, true],
    ['unheard-of', {}, false, false],
  ])('of plan %s with %j: scim %s, groups %s', (plan, entitlements, scim, groups) => {
    expect(entitlementsOf({ plan, entitlements })).toMatchObject({ scim, groups })
    const demand = () => {
      demandEntitlement({ plan, entitlements }, 'scim')
    }
    if (scim) expect(demand).not.toThrow()
    else expect(demand).toThrow(/not part of this organization's plan/)
  })

  it('an unknown plan is the smallest', () => {
    expect(planOf('gold')).toBe('standard')
  })
})

describe('settings', () => {
  const defaults = {
    strict: false,
    patchAnswersNoContent: false,
    userNameMustBeEmail: false,
    acceptsGroups: true,
    unknownMembers: 'refuse',
    refusedDeviations: [],
  }
  it.each([
    [undefined, defaults],
    [null, defaults],
    ['x', defaults],
    [{ strict: 'yes', other: 1 }, defaults],
    [{ strict: true }, { ...defaults, strict: true }],
    [
      { acceptsGroups: false, unknownMembers: 'invent' },
      { ...defaults, acceptsGroups: false },
    ],
    [{ unknownMembers: 'keep-waiting' }, { ...defaults, unknownMembers: 'keep-waiting' }],
    [
      { refusedDeviations: ['boolean-as-text', 'of-another-version', 7] },
      { ...defaults, refusedDeviations: ['boolean-as-text'] },
    ],
    [{ refusedDeviations: 'all' }, defaults],
  ])('%j is read as %j', (stored, settings) => {
    expect(provisioningSettings(stored)).toEqual(settings)
  })

  it('an organization has a name of 1 to 100 characters', () => {
    expect(organizationName(' Acme ')).toBe('Acme')
    for (const name of ['', ' ', 'x'.repeat(101)]) expect(() => organizationName(name)).toThrow(/1 to 100/)
  })
})

describe('passwords', () => {
  it.each([
    ['short one', 'tooshort', /at least 15/],
    ['long one', 'ab '.repeat(60), /at most 128/],
    ['one letter', 'aaaaaaaaaaaaaaaaaaaa', /easy to guess/],
    ['common one', 'correcthorsebatterystaple', /easy to guess/],
    ['own name', 'AdaLovelace-AdaLovelace', /easy to guess/],
  ])('a %s is refused', (_case, password, reason) => {
    expect(() => {
      checkPassword(password, ['AdaLovelace', 'Acme'])
    }).toThrow(reason)
  })

  it('a sentence is fine', () => {
    expect(() => {
      checkPassword('winter keeps the tulips waiting', ['AdaLovelace'])
    }).not.toThrow()
  })
})

describe('what is written down', () => {
  const secret = mintSecret('scim', 'abcdefghij').text

  it.each([
    ['a password', { password: 'x', userName: 'a' }, '{"password":"[redacted]","userName":"a"}'],
    ['a password under its schema', { 'urn:x:User:Password': 'x' }, '{"urn:x:User:Password":"[redacted]"}'],
    ['deep inside', { a: [{ b: { Token: 'x' } }] }, '{"a":[{"b":{"Token":"[redacted]"}}]}'],
    [
      'an operation',
      { op: 'replace', path: 'password', value: 'x' },
      '{"op":"replace","path":"password","value":"[redacted]"}',
    ],
    ['a password that is null', { password: null }, '{"password":null}'],
    [
      'a list',
      { Resources: [{ id: '1', userName: 'a', title: 'x' }] },
      '{"Resources":[{"id":"1","userName":"a"}]}',
    ],
    ['text', '{"password" : "x"}', '{"password" : "[redacted]"}'],
  ])('a body with %s', (_case, body, text) => {
    expect(redactedBody(body)).toBe(text)
  })

  it('nothing stays nothing, long bodies are cut', () => {
    expect(redactedBody(undefined)).toBeNull()
    expect(redactedBody({ a: 'x'.repeat(20_000) })?.length).toBeLessThan(16_500)
  })

  it.each([
    ['', null],
    ['count=1&aadOptscim062020', 'count=1&aadOptscim062020'],
    ['filter=userName+eq+%22a%22', 'filter=userName%20eq%20%22a%22'],
    [
      'filter=password%20eq%20%22x%22%20and%20title%20pr',
      'filter=password%20eq%20%5Bredacted%5D%20and%20title%20pr',
    ],
    ['filter=password+sw+x', 'filter=password%20sw%20%5Bredacted%5D'],
    ['access_token=x', 'access_token=%5Bredacted%5D'],
  ])('the query %s', (query, kept) => {
    expect(redactedQuery(query)).toBe(kept)
  })

  it('credentials are not among the headers that are kept', () => {
    const headers = {
      authorization: 'Bearer x',
      cookie: 'y',
      accept: '*/*',
      'user-agent': 'u'.repeat(400),
      'if-match': ['a'],
    }
    expect(JSON.parse(redactedHeaders(headers))).toEqual({ accept: '*/*', 'user-agent': 'u'.repeat(300) })
  })

  it('texts are made storable, and secrets of ours are hidden wherever they stand', () => {
    expect(storableText('a\u0000b\ud800c😀')).toBe('a\uFFFDb\uFFFDc😀')
    expect(storableText(`%22${secret}%22`)).toBe('%22rc_scim_[redacted]%22')
  })

  it.each([
    [200, 'succeeded'],
    [304, 'succeeded'],
    [400, 'refused'],
    [429, 'refused'],
    [500, 'failed'],
  ])('status %i counts as %s', (status, outcome) => {
    expect(outcomeOf(status)).toBe(outcome)
  })
})

describe('sentences', () => {
  it.each(eventTypes)('%s is told in one plain sentence', type => {
    const detail = {
      subject: 'Ada',
      changes: [{ path: 'urn:x:User:group', before: null, after: 'S' }],
      words: { role: 'group_admin', old: 'Old' },
    }
    const told = sentence({ type, actorName: 'Okta', detail })
    expect(told).toMatch(/^[A-Z][^\n]+[a-zA-Z)]$/)
    expect(told).not.toMatch(/undefined|null|urn:|_/)
    expect(sentence({ type, actorName: 'Okta', detail: {} })).not.toMatch(/undefined|null/)
  })

  it.each([
    [[], 'something'],
    [['title'], 'title'],
    [['title', 'name.givenName'], 'title and name.givenName'],
    [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
  ])('changes of %j are told as %s', (paths, words) => {
    const changes = paths.map(path => ({ path, before: null, after: 'x' }))
    expect(sentence({ type: 'user.updated', actorName: 'Okta', detail: { subject: 'Ada', changes } })).toBe(
      `Okta changed ${words} of Ada`,
    )
  })
})

describe('cursors and counts', () => {
  it('a cursor is read back', () => {
    const position = { epoch: randomUUID(), sequence: 123_456_789_012_345n }
    expect(parseCursor(printCursor(position))).toEqual(position)
  })

  it.each([
    '',
    'x',
    '😀',
    'A'.repeat(10_000),
    printCursor({ epoch: 'x', sequence: 1n }),
    Buffer.from(`${randomUUID()}:-1`).toString('base64url'),
  ])('%s is none', text => {
    expect(() => parseCursor(text)).toThrow(/not one of ours/)
  })

  it('people who come, move and go are counted, seats with them', () => {
    expect(tallyOf(null, 'pending')).toEqual({ ...noTally, pending: 1 })
    expect(tallyOf('active', 'deactivated')).toEqual({ ...noTally, active: -1, deactivated: 1 })
    expect(tallyOf('deleted', null)).toEqual({ ...noTally, deleted: -1 })
    expect(seatsTaken(tallyOf('pending', 'active'))).toBe(0)
    expect(seatsTaken(tallyOf('deactivated', 'pending'))).toBe(1)
    expect(seatsTaken(tallyOf('active', 'deleted'))).toBe(-1)
  })
})
