// Forms, expiry, set-up steps and charts, without a page.
import { expect, test } from 'vitest'
import { exampleCall, keyEnd } from '#web/features/api-keys/key-scopes.ts'
import { setupSteps } from '#web/features/health/setup-steps.ts'
import { sharesOf, totalOf, volumeBars } from '#web/features/health/volume-bars.ts'
import { changedSettings, checkSettings } from '#web/features/provisioning/settings-form.ts'
import { expiryInput } from '#web/features/scim-tokens/expiry.ts'
import { checkSetup } from '#web/features/session/check-setup.ts'
import { safeTarget } from '#web/features/session/safe-target.ts'
import { clientName } from '#web/lib/client-name.ts'

test.each([
  ['/users?tab=pending', '/users?tab=pending'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?target=/users', '/'],
  [undefined, '/'],
])('after signing in, %s leads to %s', (target, path) => {
  expect(safeTarget(target)).toBe(path)
})

test.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/156.0 Safari/537.36',
    'Chrome',
    'Linux',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0',
    'Edge',
    'Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1',
    'Safari',
    'iPhone',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/19.0 Safari/605.1.15', 'Safari', 'macOS'],
  ['Mozilla/5.0 (Android 16; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Firefox', 'Android'],
])('%s is shown as %s on %s', (userAgent, browser, system) => {
  expect(clientName(userAgent)).toEqual({ browser, system })
})

test('a client that says nothing known has no name', () => {
  expect([clientName(null), clientName('curl/8.0')]).toEqual([null, null])
})

test('a token ends after a lifetime or with a day that is still to come', () => {
  const now = Date.parse('2026-11-21T12:00:00')
  expect(expiryInput('YEAR_1', '', now)).toEqual({ expiresIn: 'YEAR_1' })
  expect(expiryInput('DATE', '2026-11-22', now)).toEqual({
    expiresAt: new Date('2026-11-22T23:59:59').toISOString(),
  })
  expect([expiryInput('DATE', '', now), expiryInput('DATE', '2026-11-20', now)]).toEqual([null, null])
})

test('set-up wants names, an address and fifteen characters, counted as people count', () => {
  const form = { organizationName: ' ', ownerName: '', email: 'ada', password: '🔑'.repeat(14) }
  expect(Object.keys(checkSetup(form))).toEqual(['organizationName', 'ownerName', 'email', 'password'])
  expect(
    checkSetup({ organizationName: 'A', ownerName: 'B', email: 'a@b', password: '🔑'.repeat(15) }),
  ).toEqual({})
})

test('settings send only what changed and refuse odd days', () => {
  const stored = {
    deletionGraceDays: 7,
    logRetentionDays: 90,
    userNameMustBeEmail: false,
    patchAnswersNoContent: false,
    strict: false,
    acceptsGroups: true,
    unknownMembers: 'REFUSE' as const,
  }
  expect(changedSettings(stored, { ...stored, strict: true })).toEqual({ strict: true })
  expect(changedSettings(stored, { ...stored, unknownMembers: 'KEEP_WAITING' })).toEqual({
    unknownMembers: 'KEEP_WAITING',
  })
  expect(checkSettings({ ...stored, deletionGraceDays: 91 })).toEqual({
    deletionGraceDays: 'provisioning.settings.faults.grace',
  })
  expect(
    Object.keys(checkSettings({ ...stored, deletionGraceDays: -1, logRetentionDays: 0.5 })),
  ).toHaveLength(2)
  expect(checkSettings({ ...stored, deletionGraceDays: 0 })).toEqual({})
})

test('set-up ticks what happened, and says what must come first', () => {
  const facts = {
    sso: true,
    ssoRequired: true,
    credential: true,
    heard: true,
    linked: 0,
    enforced: false,
    mapped: null,
  }
  const keys = (given: Partial<Parameters<typeof setupSteps>[0]>, done: boolean) =>
    setupSteps({ ...facts, ...given }).flatMap(step => (step.done === done ? [step.key] : []))
  expect(keys({}, true)).toEqual(['sso', 'token', 'contact'])
  expect(keys({ mapped: false }, false)).toEqual(['enforce', 'person', 'mapping'])
  expect(keys({ sso: false }, false)).toEqual(['sso', 'enforce', 'person'])
  expect(setupSteps({ ...facts, sso: false, ssoRequired: false })[0]).toMatchObject({
    key: 'sso',
    optional: true,
  })
  const locks = (given: Partial<Parameters<typeof setupSteps>[0]>) =>
    setupSteps({ ...facts, mapped: false, ...given }).map(step => step.after)
  const none = { credential: false, heard: false }
  expect(locks({ sso: false, ...none })).toEqual([null, 'sso', 'sso', 'sso', 'sso', 'sso'])
  expect(locks({ sso: false, ssoRequired: false, ...none })).toEqual([
    null,
    null,
    null,
    'token',
    'contact',
    'contact',
  ])
  expect(locks({ heard: false })).toEqual([null, null, null, null, 'contact', 'contact'])
  expect(locks({ sso: false })).toEqual([null, 'sso', null, null, 'sso', 'sso'])
})

test('shares of a bar add up to all of it, and a time without requests has none', () => {
  expect(sharesOf([6, 3, 1])).toEqual([0.6, 0.3, 0.1])
  expect(sharesOf([0, 0, 0])).toEqual([0, 0, 0])
  expect(
    totalOf([
      { from: 0, to: 1, parts: [6, 3, 1] },
      { from: 1, to: 2, parts: [2, 0, 0] },
    ]),
  ).toEqual({
    requests: 12,
    succeeded: 8,
  })
})

test('hours become one bar per day without losing a request', () => {
  const start = new Date(2026, 10, 20, 22).getTime()
  const buckets = Array.from({ length: 4 }, (_, index) => ({
    from: new Date(start + index * 3_600_000).toISOString(),
    succeeded: 10,
    refused: 1,
    failed: 0,
  }))
  expect(volumeBars(buckets, false)).toHaveLength(4)
  const days = volumeBars(buckets, true)
  expect(days.map(bar => bar.parts)).toEqual([
    [20, 2, 0],
    [20, 2, 0],
  ])
  expect(days[0]!.to).toBe(days[1]!.from)
})

test('an API key ends in days or never, and the example keeps it out of the command', () => {
  expect(keyEnd('30', 0)).toBe('1970-01-31T00:00:00.000Z')
  expect(keyEnd('never', 0)).toBeNull()
  expect(exampleCall('https://x.example')).toContain('$ROLLCALL_KEY')
})
