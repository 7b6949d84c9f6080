// Which tokens open the door, by the ids of trust.md 7.2: faults, wrong doors, two servers, rotation, guesses (T1-T14, T20).
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import type { Context, Sql } from '#server/domain/context.ts'
import { authenticateToken } from '#server/domain/scim-tokens/authenticate-token.ts'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { revokeScimToken } from '#server/domain/scim-tokens/revoke-scim-token.ts'
import { rotateScimToken } from '#server/domain/scim-tokens/rotate-scim-token.ts'
import { mintOrgKey, mintSecret, parseSecret, sameHash } from '#server/domain/secrets/secret.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { day, fakeClock, minute, second } from '#test/support/fake-clock.ts'
import { publicUrl } from '#test/support/make-app.ts'
import { makeWorld, proveAgain, testOrigin } from '#test/support/make-world.ts'
import { expectError, useDoor, type Answered, type Tenant } from './client.ts'

const clock = fakeClock()
const door = useDoor({ clock })

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })
const stranger = (orgId: string, world = door.world) =>
  world.contextFor(orgId, { kind: 'anonymous', name: 'Someone', origin: testOrigin })
const foreignSecret = (): string => mintSecret('scim', mintOrgKey()).text

/** Another last character, so that the checksum is wrong. */
const mistyped = (secret: string): string => secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0')

/** With the checksum that belongs to it: 6 characters of CRC32 in base62. */
function withChecksum(body: string): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  let rest = crc32(body)
  let check = ''
  for (let left = 6; left > 0; left -= 1) {
    check = alphabet.charAt(rest % 62) + check
    rest = Math.floor(rest / 62)
  }
  return body + check
}

/** A short token of the tenant, in addition to the one it has. */
const shortToken = ({ org }: Tenant) =>
  issueScimToken(org.owner.ctx, { name: 'Short', expiresAt: new Date(clock.now().getTime() + minute) })

type Prepared = (tenant: Tenant) => Promise<string | undefined> | string | undefined

const faults: readonly (readonly [string, Prepared])[] = [
  ['trust T1: without a header', () => undefined],
  ['trust T2: with another scheme', tenant => `Basic ${tenant.org.scimToken.secret}`],
  ['trust T2: without a scheme', tenant => tenant.org.scimToken.secret],
  ['trust T3: with a wrong checksum', tenant => `Bearer ${mistyped(tenant.org.scimToken.secret)}`],
  ['trust T4: with a token that nobody issued', () => `Bearer ${foreignSecret()}`],
  [
    'trust T5: with a token that expired a second ago',
    async tenant => {
      const { secret } = await shortToken(tenant)
      clock.advance(minute - 1)
      expect((await tenant.get('/Users?count=0', bearer(secret))).status).toBe(200)
      clock.advance(second + 1)
      return `Bearer ${secret}`
    },
  ],
  [
    'trust T6: with a token that was revoked',
    async ({ org, get }) => {
      expect((await get('/Users?count=0')).status).toBe(200)
      await revokeScimToken(org.owner.ctx, { tokenId: org.scimToken.id })
      return `Bearer ${org.scimToken.secret}`
    },
  ],
  ['trust T8: with an API key', tenant => `Bearer ${tenant.org.apiKey.secret}`],
  ['trust T9: with what a session cookie holds', tenant => `Bearer ${tenant.org.owner.cookie}`],
]

describe('a call', () => {
  const bodies = new Set<string>()
  it.each(faults)('%s is 401 with a challenge and always the same body', async (_case, prepare) => {
    const tenant = await door.tenant()
    const authorization = await prepare(tenant)
    const answer = await tenant.get('/Users?count=0', { authorization })
    expectError(answer, 401)
    const { pathname } = new URL(tenant.base)
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer realm="SCIM", resource_metadata="${publicUrl}/.well-known/oauth-protected-resource${pathname}"`,
    )
    bodies.add(answer.text)
    expect([...bodies]).toHaveLength(1)
  })

  it('trust T9: with a session cookie and no header is 401', async () => {
    const { org, get } = await door.shared()
    const cookie = `sid=${org.owner.cookie}; __Host-sid=${org.owner.cookie}`
    expectError(await get('/Users', { authorization: undefined, cookie }), 401)
  })

  it('trust T3: with a wrong checksum asks the database nothing, with a right one it asks once', async () => {
    const { org, get } = await door.tenant()
    const asked = async (secret: string) => {
      const { result, statements } = await countStatements(door.world.database, () =>
        get('/Users?count=0', bearer(secret)),
      )
      expectError(result, 401)
      // The line in the provisioning log is written beside the answer, whatever the answer is.
      return statements.filter(text => !/\bexchanges\b/.test(text))
    }
    expect(await asked(mistyped(org.scimToken.secret))).toEqual([])
    expect(await asked(`${org.scimToken.secret}0`)).toEqual([])
    expect(await asked(foreignSecret())).toEqual([expect.stringContaining('FROM scim_tokens')])
  })

  it('trust T7: with a SCIM token at GraphQL or at an export is 401', async () => {
    const { org } = await door.shared()
    const { app } = door.service
    const headers = { ...bearer(org.scimToken.secret), 'content-type': 'application/json' }
    const payload = JSON.stringify({ query: '{ organization { name } }' })
    const answer = await app.inject({ method: 'POST', url: '/graphql', headers, payload })
    expect(answer.statusCode).toBe(401)
    expect(answer.body).not.toContain(org.name)
    const file = await app.inject({ url: '/exports/users.csv', headers: bearer(org.scimToken.secret) })
    expect(file.statusCode).toBe(401)
    const withKey = { ...headers, ...bearer(org.apiKey.secret) }
    expect((await app.inject({ method: 'POST', url: '/graphql', headers: withKey, payload })).body).toContain(
      org.name,
    )
  })

  it('trust T10: with another organization’s key spliced in is 401, also with the checksum put right', async () => {
    const [one, other] = [await door.tenant(), await door.tenant()]
    const [mine, theirs] = [one, other].map(({ org }) => parseSecret(org.scimToken.secret)?.orgKey ?? '')
    const spliced = one.org.scimToken.secret.replace(mine ?? '', theirs ?? '')
    const mended = withChecksum(spliced.slice(0, -6))
    expect(parseSecret(mended)?.orgKey).toBe(theirs)
    for (const tenant of [one, other])
      for (const secret of [spliced, mended]) expectError(await tenant.get('/Users', bearer(secret)), 401)
    expectError(await other.get('/Users', bearer(one.org.scimToken.secret)), 401)
  })
})

it('trust T11: of 10,000 questions at one server none that begins after the revocation at another is let in', async () => {
  const { org } = await door.tenant()
  const elsewhere = stranger(org.orgId, await makeWorld({ clock }))
  const { secret } = org.scimToken
  const answers = { before: 0, after: 0 }
  const late: unknown[] = []
  let revoked = false
  let left = 10_000
  const lane = async (): Promise<void> => {
    for (; left > 0;) {
      left -= 1
      const begunAfter = revoked
      const { fault } = await authenticateToken(elsewhere, { bearer: secret })
      answers[begunAfter ? 'after' : 'before'] += 1
      if (begunAfter && fault !== 'revoked') late.push(fault)
    }
  }
  const revoke = async (): Promise<void> => {
    await vi.waitUntil(() => answers.before >= 500, { interval: 1 })
    await revokeScimToken(org.owner.ctx, { tokenId: org.scimToken.id })
    revoked = true
  }
  await Promise.all([revoke(), ...Array.from({ length: 16 }, lane)])
  expect(late).toEqual([])
  expect(answers.after).toBeGreaterThan(1_000)
})

describe('a rotation', () => {
  it('trust T13: with 24 hours of overlap fails none of 50 calls a second, and afterwards the old token fails', async () => {
    const { org, get } = await door.tenant()
    const tokens = [org.scimToken.secret]
    const call = (index: number): Promise<Answered> =>
      get('/Users?count=0', bearer(tokens[index % tokens.length] ?? ''))
    const secondOfLoad = async (): Promise<number[]> => {
      const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => call(index)))
      clock.advance(second)
      return answers.map(({ status }) => status)
    }
    await proveAgain(org.owner.ctx)
    const rotate = rotateScimToken(org.owner.ctx, {
      tokenId: org.scimToken.id,
      name: 'Next',
      oldEnds: '24-hours',
    })
    const ends = clock.now().getTime() + day
    const during = [await secondOfLoad(), await secondOfLoad()]
    tokens.push((await rotate).secret)
    during.push(await secondOfLoad(), await secondOfLoad())
    clock.advance(ends - 2 * second - clock.now().getTime())
    during.push(await secondOfLoad(), await secondOfLoad())
    expect(during.flat().filter(status => status !== 200)).toEqual([])
    expect(during.flat()).toHaveLength(300)
    const afterwards = await secondOfLoad()
    expect(afterwards).toEqual(afterwards.map((_status, index) => (index % 2 === 1 ? 200 : 401)))
  })

  it('trust T14: leaves two live tokens, and a third is refused while both open the door', async () => {
    const { org, get } = await door.tenant()
    await proveAgain(org.owner.ctx)
    const { secret } = await rotateScimToken(org.owner.ctx, {
      tokenId: org.scimToken.id,
      name: 'Next',
      oldEnds: '24-hours',
    })
    await expect(issueScimToken(org.owner.ctx, { name: 'Third' })).rejects.toMatchObject({
      code: 'scim-tokens/too-many',
    })
    expect(await org.scim.db.scimToken.count({ where: { orgId: org.orgId } })).toBe(2)
    for (const token of [secret, org.scimToken.secret])
      expect((await get('/Users?count=0', bearer(token))).status).toBe(200)
  })
})

/** The context, and what it asks the database when a token is looked up. */
function listening(ctx: Context) {
  const asked: { name: string | undefined; values: readonly unknown[] }[] = []
  const sql: Sql = {
    run: (statement, values) => {
      asked.push({ name: statement.name, values })
      return ctx.sql.run(statement, values)
    },
  }
  return { ctx: { ...ctx, sql }, asked }
}

// Times on a shared machine are noise, so this is proven by how the lookup is made: whatever a guess has in common with
// a real token, the database is asked the same one statement, for the SHA-256 of the whole guess, by an index that
// begins with the organization; what comes back is compared as 32 bytes in constant time (timingSafeEqual). A guess
// cannot steer its hash, so nothing that takes longer for a better guess is left.
describe('a guess', () => {
  it('trust T20: that shares 0 to 43 characters with a token costs the same one statement and compare', async () => {
    const { org } = await door.tenant()
    const real = org.scimToken.secret
    const { ctx, asked } = listening(stranger(org.orgId))
    const start = real.length - 49
    const guesses = Array.from({ length: 43 }, (_, shared) => {
      const noise = foreignSecret().slice(start + shared + 1, -6)
      const differs = real[start + shared] === 'x' ? 'y' : 'x'
      return withChecksum(real.slice(0, start + shared) + differs + noise)
    })
    for (const guess of guesses)
      expect(await authenticateToken(ctx, { bearer: guess })).toEqual({ fault: 'unknown', token: null })
    expect(new Set(guesses.map(guess => guess.length))).toEqual(new Set([real.length]))
    const hashOf = (text: string) => createHash('sha256').update(text).digest()
    expect(asked).toEqual(guesses.map(guess => ({ name: 'read-token', values: [hashOf(guess)] })))
    expect(guesses.filter(guess => sameHash(hashOf(guess), hashOf(real)))).toEqual([])
    // All 43 in common, and the checksum with them: that is the token.
    expect(withChecksum(real.slice(0, -6))).toBe(real)
    expect((await authenticateToken(ctx, { bearer: real })).fault).toBeNull()
  })

  it('trust T20: is looked up by an index over organization and hash', async () => {
    const { rows } = await door.world.database.pool.query<{ indexdef: string }>(
      "SELECT indexdef FROM pg_indexes WHERE tablename = 'scim_tokens' AND indexdef LIKE '%hash%'",
    )
    expect(rows.map(({ indexdef }) => indexdef)).toEqual([
      expect.stringMatching(/^CREATE UNIQUE INDEX .*\(org_id, hash\)$/),
    ])
  })
})
