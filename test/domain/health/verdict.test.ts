// The rules behind the sentence about provisioning: what it says of which signs.
import { describe, expect, it } from 'vitest'
import { spanOf } from '#server/domain/health/rules/ago.ts'
import { silentAfter } from '#server/domain/health/rules/rhythm.ts'
import { verdictOf, type Signs } from '#server/domain/health/rules/verdict.ts'
import { day, hour, minute } from '#test/support/fake-clock.ts'

describe('the verdict on provisioning', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const fine: Signs = {
    now,
    enforced: true,
    token: { live: true, ever: true },
    tokenDaysLeft: 200,
    lastContactAt: new Date(now.getTime() - 42_000),
    identityProvider: 'okta',
    rhythm: { days: 20, longestGap: 6 * hour },
    requests: 100,
    troubled: 2,
  }

  it.each<[string, Partial<Signs>, string, RegExp]>([
    ['all is well', {}, 'healthy', /^Provisioning works\. Okta last called 42 s ago\.$/],
    ['SCIM is off', { enforced: false, lastContactAt: null }, 'off', /switched off/],
    ['there never was a token', { token: { live: false, ever: false } }, 'waiting', /Generate/],
    ['no token is live', { token: { live: false, ever: true } }, 'degraded', /No token is live/],
    ['nobody has called', { lastContactAt: null }, 'waiting', /first call/],
    ['a fifth is refused', { troubled: 20 }, 'degraded', /^20 of 100 requests/],
    ['one of two is refused', { requests: 2, troubled: 1 }, 'healthy', /works/],
    ['the token ends soon', { tokenDaysLeft: 1 }, 'degraded', /ends in 1 day\. Rotate/],
    [
      'Entra ID is silent for two days',
      { identityProvider: 'entra', lastContactAt: new Date(now.getTime() - 2 * day) },
      'silent',
      /^Entra ID has not called for 2 days/,
    ],
    [
      'Okta is silent for two days',
      { lastContactAt: new Date(now.getTime() - 2 * day) },
      'healthy',
      /2 days ago/,
    ],
    [
      'an unknown provider is silent for eight days',
      { identityProvider: null, lastContactAt: new Date(now.getTime() - 8 * day) },
      'silent',
      /^Your identity provider/,
    ],
    [
      'Okta rests for three weeks as it often does',
      { lastContactAt: new Date(now.getTime() - 20 * day), rhythm: { days: 3, longestGap: 11 * day } },
      'healthy',
      /20 days ago/,
    ],
    [
      'nobody knows the rhythm of Entra ID yet',
      {
        identityProvider: 'entra',
        lastContactAt: new Date(now.getTime() - 20 * day),
        rhythm: { days: 2, longestGap: hour },
      },
      'healthy',
      /20 days ago/,
    ],
  ])('when %s', (_when, signs, state, sentence) => {
    const verdict = verdictOf({ ...fine, ...signs })
    expect(verdict.state).toBe(state)
    expect(verdict.sentence).toMatch(sentence)
  })

  it.each<[string | null, number, number, number]>([
    ['entra', 20, hour, day],
    ['entra', 20, 3 * day, 6 * day],
    ['okta', 20, hour, 7 * day],
    [null, 3, 5 * day, 10 * day],
    ['okta', 9, 20 * day, 28 * day],
    ['entra', 2, hour, 28 * day],
  ])(
    '%s with calls on %d days and a longest gap of %d ms is silent after %d ms',
    (idp, days, longestGap, after) => {
      expect(silentAfter(idp, { days, longestGap })).toBe(after)
    },
  )

  it.each([
    [0, '1 s'],
    [59_999, '59 s'],
    [minute, '1 min'],
    [hour - 1, '59 min'],
    [47 * hour, '47 h'],
    [49 * hour, '2 days'],
  ])('%s ms is %s', (span, words) => {
    expect(spanOf(span)).toBe(words)
  })
})
