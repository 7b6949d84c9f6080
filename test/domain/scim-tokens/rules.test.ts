// The pure rules of tokens: format, life, expiry, rotation.
import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  daysLeft,
  endOfOldToken,
  expiryOf,
  isLive,
  tokenName,
  tokenState,
} from '#server/domain/scim-tokens/rules/token.ts'
import {
  hashSecret,
  mintOrgKey,
  mintSecret,
  parseSecret,
  sameHash,
  visiblePart,
} from '#server/domain/secrets/secret.ts'

const now = new Date('2026-11-21T12:00:00Z')
const inDays = (days: number): Date => new Date(now.getTime() + days * 86_400_000)

describe('secrets', () => {
  it.each(['scim', 'key', 'setup', 'session', 'invite'] as const)(
    'a minted %s secret is read back with its organization',
    kind => {
      const key = mintOrgKey()
      const secret = mintSecret(kind, key)
      expect(secret.text).toMatch(new RegExp(`^rc_${kind}_${key}[0-9A-Za-z]{49}$`))
      expect(parseSecret(secret.text)).toEqual(secret)
    },
  )

  it('trust T3: every mistyped character is found without a look into the database', () => {
    const { text } = mintSecret('scim', mintOrgKey())
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', 'z', 'A', '_', ' '), (at, character) => {
        const typo = text.slice(0, at) + character + text.slice(at + 1)
        expect(parseSecret(typo) === null).toBe(typo !== text)
      }),
    )
    expect(parseSecret(text.slice(0, -1))).toBeNull()
    expect(parseSecret(`${text}0`)).toBeNull()
    expect(parseSecret(`${text}\n`)).toBeNull()
  })

  it('trust T23: one expression finds all kinds, and nothing else that looks random', () => {
    const scanner = /rc_(?:scim|key|setup|session|invite)_[0-9A-Za-z]{59}/
    for (const kind of ['scim', 'key', 'setup', 'session', 'invite'] as const) {
      expect(scanner.test(`x="${mintSecret(kind, mintOrgKey()).text}"`)).toBe(true)
    }
    const noise = Array.from(
      { length: 20_000 },
      () => `${randomUUID()} ${randomBytes(48).toString('base64')} ${randomBytes(32).toString('hex')}`,
    )
    expect(noise.filter(text => scanner.test(text) || parseSecret(text) !== null)).toEqual([])
  })

  it('shows the first twelve and the last four characters', () => {
    const secret = mintSecret('scim', 'abcdefghij')
    const { prefix, suffix } = visiblePart(secret)
    expect(prefix).toBe(secret.text.slice(0, 12))
    expect(suffix).toBe(secret.text.slice(-4))
    expect(prefix + suffix).toHaveLength(16)
  })

  it('hashes are compared as a whole', () => {
    const [one, other] = [mintSecret('scim', 'abcdefghij'), mintSecret('scim', 'abcdefghij')]
    expect(sameHash(hashSecret(one), hashSecret(one))).toBe(true)
    expect(sameHash(hashSecret(one), hashSecret(other))).toBe(false)
    expect(sameHash(hashSecret(one), new Uint8Array(3))).toBe(false)
  })
})

describe('a token’s life', () => {
  it.each([
    ['without end', null, null, true, 'active', null],
    ['far from its end', inDays(31), null, true, 'active', 31],
    ['near its end', inDays(30), null, true, 'expiring', 30],
    ['a moment before its end', new Date(now.getTime() + 1), null, true, 'expiring', 0],
    ['at its end', now, null, true, 'expired', 0],
    ['after its end', inDays(-1), null, true, 'expired', 0],
    ['revoked', inDays(90), inDays(-1), true, 'revoked', 90],
    ['while SCIM is off', inDays(90), null, false, 'suspended', 90],
    ['expired while SCIM is off', inDays(-1), null, false, 'expired', 0],
  ] as const)('%s', (_case, expiresAt, revokedAt, scimOn, state, left) => {
    const token = { expiresAt, revokedAt }
    expect(tokenState(token, { now, scimOn })).toBe(state)
    expect(daysLeft(token, now)).toBe(left)
    expect(isLive(token, now)).toBe(['active', 'expiring', 'suspended'].includes(state))
  })

  it.each([
    ['30-days', inDays(30)],
    ['90-days', inDays(90)],
    ['180-days', inDays(180)],
    ['1-year', inDays(365)],
    ['never', null],
    [null, inDays(365)],
  ] as const)('a choice of %s ends accordingly', (expiresIn, end) => {
    expect(expiryOf({ expiresIn }, now)).toEqual(end)
  })

  it('a date is taken when it lies ahead and within five years', () => {
    expect(expiryOf({ expiresAt: inDays(10) }, now)).toEqual(inDays(10))
    expect(() => expiryOf({ expiresAt: now }, now)).toThrow(/in the past/)
    expect(() => expiryOf({ expiresAt: inDays(2_000) }, now)).toThrow(/five years/)
    expect(() => expiryOf({ expiresAt: inDays(10), expiresIn: '1-year' }, now)).toThrow(/not both/)
  })

  it.each([
    ['now', inDays(90), now],
    ['24-hours', inDays(90), inDays(1)],
    ['7-days', inDays(90), inDays(7)],
    ['7-days', inDays(3), inDays(3)],
    ['7-days', null, inDays(7)],
    ['first-use', inDays(90), inDays(90)],
    ['first-use', null, null],
  ] as const)('the old token of a rotation with overlap %s and end %s ends', (overlap, expiresAt, end) => {
    expect(endOfOldToken(overlap, { now, expiresAt })).toEqual(end)
  })

  it('a name has 1 to 60 characters', () => {
    expect(tokenName('  Okta 2026 ')).toBe('Okta 2026')
    for (const name of ['', '   ', 'x'.repeat(61)]) expect(() => tokenName(name)).toThrow(/1 to 60/)
  })
})
