// Notices of what lasts: told once whoever looks, taken back by themselves, and never by guess.
import { beforeEach, describe, expect, it } from 'vitest'
import { forgetOldNotices } from '#server/domain/notices/forget-old-notices.ts'
import { countNotices, readNotices } from '#server/domain/notices/read-notices.sql.ts'
import { recordNotices } from '#server/domain/notices/record-notices.ts'
import { planConditions, seatCondition } from '#server/domain/notices/rules/condition.ts'
import { conditionMail } from '#server/domain/notices/rules/condition-words.ts'
import { sentence } from '#server/domain/provisioning-log/rules/sentence.ts'
import { systemActor } from '#server/housekeeping.ts'
import type { World } from '#server/world.ts'
import { writeLines } from '#test/support/exchanges.ts'
import { day, fakeClock, hour, type FakeClock } from '#test/support/fake-clock.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'

let clock: FakeClock
let world: World
let other: World
let our: TestOrganization

beforeEach(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock, sendsMail: true })
  other = await makeWorld({ clock, sendsMail: true })
  our = await newOrganization(world)
})

const system = (of: World = world) => of.contextFor(our.orgId, systemActor)
const look = () => recordNotices(system())
const notices = () => system().db.notice.findMany({ where: { orgId: our.orgId }, orderBy: { id: 'asc' } })
const open = async () => (await notices()).filter(one => one.resolvedAt === null).map(one => one.subjectKind)
const told = async () => (await notices()).map(one => one.subjectKind)
const mails = () => system().db.mail.count({ where: { orgId: our.orgId } })
const events = async () =>
  (
    await system().db.provisioningEvent.findMany({
      where: { orgId: our.orgId, type: { in: ['seats.low', 'seats.full', 'provisioning.silent'] } },
      orderBy: { sequence: 'asc' },
    })
  ).map(event => event.type)
const change = (data: { seatLimit?: number | null; scimEnforced?: boolean }) =>
  system().db.organization.update({ where: { id: our.orgId }, data })
const used = async () => {
  const { pending, active } = await system().db.organizationStream.findUniqueOrThrow({
    where: { orgId: our.orgId },
  })
  return pending + active
}
const inTurns = () => Promise.all([world, other, world, other].map(of => recordNotices(system(of))))

describe('seats', () => {
  it('that run out are told once, though two servers look at the same moment', async () => {
    for (let count = await used(); count < 9; count += 1) await newPerson(our.scim)
    await change({ seatLimit: 11 })
    await inTurns()
    expect(await told()).toEqual([])
    await change({ seatLimit: 10 })
    await inTurns()
    await look()
    expect([await told(), await events(), await mails()]).toEqual([['seats-low'], ['seats.low'], 1])
  })

  it('that are all taken take the place of those that ran out, and both go when there are more', async () => {
    for (let count = await used(); count < 10; count += 1) await newPerson(our.scim)
    await change({ seatLimit: 11 })
    await look()
    await newPerson(our.scim)
    await inTurns()
    expect([await open(), await events()]).toEqual([['seats-full'], ['seats.low', 'seats.full']])
    await change({ seatLimit: 100 })
    await look()
    expect(await open()).toEqual([])
    const [low, full] = await notices()
    expect([low?.subjectName, full?.subjectName, full?.expiresAt]).toEqual(['11', '11', null])
  })

  it('that are full again within a week are the same notice without another mail, later a new one', async () => {
    await change({ seatLimit: await used() })
    await look()
    const inAll = await mails()
    for (const pause of [day, 6 * day]) {
      await change({ seatLimit: 100 })
      await look()
      expect(await open()).toEqual([])
      clock.advance(pause)
      await change({ seatLimit: await used() })
      await inTurns()
      expect([await open(), await told(), await mails()]).toEqual([['seats-full'], ['seats-full'], inAll])
    }
    await change({ seatLimit: 100 })
    await look()
    clock.advance(8 * day)
    await change({ seatLimit: await used() })
    await inTurns()
    expect([await told(), await mails()]).toEqual([['seats-full', 'seats-full'], 2 * inAll])
  })

  it('without a limit are not spoken of', async () => {
    await look()
    expect(await told()).toEqual([])
  })
})

describe('an identity provider', () => {
  const call = (identityProvider: string | null = 'entra') => writeLines(our.scim, [{ identityProvider }])
  /** Calls every three hours. */
  async function callFor(days: number, identityProvider = 'entra') {
    for (let passed = 0; passed < days * day; passed += 3 * hour) {
      await call(identityProvider)
      clock.advance(3 * hour)
    }
  }

  it('that stops calling is told once, though two servers look, and is taken back when it calls', async () => {
    await callFor(4)
    clock.advance(20 * hour)
    await inTurns()
    expect(await told()).toEqual([])
    clock.advance(2 * hour)
    await inTurns()
    await look()
    expect([await told(), await events(), await mails()]).toEqual([['silence'], ['provisioning.silent'], 1])
    const [notice] = await notices()
    expect([notice?.subjectName, notice?.beganAt]).toEqual([
      'Entra ID',
      new Date(clock.now().getTime() - 25 * hour),
    ])
    clock.advance(5 * day)
    await look()
    expect(await told()).toEqual(['silence'])
    await call()
    await look()
    expect(await open()).toEqual([])
    // The silence itself is a gap now: twice as long is what the next one takes.
    clock.advance(13 * day)
    await inTurns()
    expect([await open(), (await told()).length]).toEqual([['silence'], 2])
  })

  it('that called again is silent no more, though the server has not looked since', async () => {
    await callFor(4)
    clock.advance(2 * day)
    await look()
    const readers = [true, false].map(open => ({ userId: null, open }))
    const counts = () => Promise.all(readers.map(reader => countNotices(system().sql, reader)))
    expect(await counts()).toEqual([1, 1])
    await call('okta')
    expect(await counts()).toEqual([0, 1])
    const [read] = await readNotices(system().sql, readers[1]!, { id: null, ascending: false, take: 1 })
    expect([read?.subjectName, read?.resolvedAt]).toEqual(['Entra ID', clock.now()])
    // What the server settles then stays settled.
    await look()
    expect([await open(), await counts()]).toEqual([[], [0, 1]])
  })

  it('that was never heard, or on two days only, is new and not silent', async () => {
    clock.advance(30 * day)
    await look()
    await callFor(1)
    clock.advance(12 * day)
    await look()
    expect(await told()).toEqual([])
  })

  it('that calls when something changes is given a week, and twice what it usually lets pass', async () => {
    await callFor(4, 'okta')
    clock.advance(6 * day)
    await look()
    await call('okta')
    clock.advance(12 * day)
    await look()
    expect(await told()).toEqual([])
    clock.advance(day)
    await look()
    expect(await told()).toEqual(['silence'])
  })

  it('is not missed while SCIM is off or no token is live; switched on again it is the same notice', async () => {
    await callFor(4)
    await change({ scimEnforced: false })
    clock.advance(10 * day)
    await look()
    expect(await told()).toEqual([])
    await change({ scimEnforced: true })
    await look()
    await change({ scimEnforced: false })
    await look()
    expect(await open()).toEqual([])
    await change({ scimEnforced: true })
    await look()
    expect([await open(), await told(), await mails()]).toEqual([['silence'], ['silence'], 1])
    clock.advance(400 * day)
    await look()
    expect(await open()).not.toContain('silence')
  })

  it('that called again is forgotten with the logs', async () => {
    await callFor(4)
    clock.advance(2 * day)
    await look()
    await call()
    await look()
    clock.advance(89 * day)
    await forgetOldNotices(system())
    expect(await notices()).toHaveLength(1)
    clock.advance(2 * day)
    await forgetOldNotices(system())
    expect(await notices()).toEqual([])
  })
})

describe('the rules', () => {
  const now = new Date('2026-11-21T12:00:00Z')

  it.each([
    [89, 100, []],
    [90, 100, ['seats-low']],
    [99, 100, ['seats-low']],
    [100, 100, ['seats-full']],
    [101, 100, ['seats-full']],
    [4, 5, []],
    [7, null, []],
  ])('%d of %j seats is %j', (taken, limit, kinds) => {
    expect(seatCondition({ used: taken, limit }, now).map(one => one.kind)).toEqual(kinds)
  })

  it('names what comes back after the one it follows, the same for whoever plans it', () => {
    const before = {
      id: 'n',
      kind: 'seats-full',
      subjectId: 'first',
      resolvedAt: new Date(now.getTime() - 8 * day),
    } as const
    const full = seatCondition({ used: 1, limit: 1 }, now)
    expect(planConditions(full, [before], now).tell.map(one => one.subjectId)).toEqual(['after n'])
    expect(planConditions([], [{ ...before, resolvedAt: null }], now).settle).toEqual(['n'])
  })

  it.each([
    ['seats-low', 'seats.low', 'At least 90 % of your 50 seats are taken', '/billing'],
    ['seats-full', 'seats.full', 'All 50 seats are taken', '/billing'],
    ['silence', 'provisioning.silent', '50 has not called for longer than usual', '/'],
  ] as const)('of %s write a mail and a line of the log', (kind, type, subject, path) => {
    const mail = conditionMail({ kind, id: null, name: '50', beganAt: now }, 'Acme')
    expect([mail.subject, mail.letter.action?.path]).toEqual([subject, path])
    expect(mail.letter.paragraphs[0]).toContain('Acme')
    expect(sentence({ type, actorName: 'Rollcall', detail: { subject: '50' } })).toContain('50')
  })
})
