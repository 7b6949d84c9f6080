// Mails: written with the change they tell, sent at least once over a real mail server, and empty afterwards.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { forgetOldMails } from '#server/domain/mail/forget-old-mails.ts'
import { queueMail, type NewMail } from '#server/domain/mail/queue-mail.ts'
import { readUndelivered } from '#server/domain/mail/read-undelivered.sql.ts'
import { MailServerAway, mailLease, sendMails } from '#server/domain/mail/send-mails.ts'
import { transact } from '#server/domain/transact.ts'
import { switchUser } from '#server/domain/users/switch-user.ts'
import { systemActor } from '#server/housekeeping.ts'
import { createPostOffice, type PostOffice } from '#server/mail/post-office.ts'
import { sendDueMails } from '#server/mail-sender.ts'
import type { World } from '#server/world.ts'
import { day, fakeClock, hour, minute } from '#test/support/fake-clock.ts'
import { startMailServer, type MailServer } from '#test/support/mail-server.ts'
import { makeWorld, newColleague, newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { freePort } from '#test/support/server-process.ts'

const clock = fakeClock()
const publicUrl = 'https://rollcall.test'
const from = { name: 'Rollcall', address: 'rollcall@mail.test' }
let world: World
let other: World
let server: MailServer
let office: PostOffice
let our: TestOrganization
const logged: unknown[] = []
const log = { warn: (...line: unknown[]) => logged.push(line) }

beforeAll(async () => {
  world = await makeWorld({ clock, sendsMail: true })
  other = await makeWorld({ clock, sendsMail: true })
  server = await startMailServer()
  office = createPostOffice({ smtpUrl: server.url, from, publicUrl })
})
afterAll(() => server.stop())
beforeEach(async () => {
  our = await newOrganization(world, { enforced: false })
  server.taken.length = 0
  logged.length = 0
})

const system = (of: World = world) => of.contextFor(our.orgId, systemActor)
const mails = () => system().db.mail.findMany({ where: { orgId: our.orgId }, orderBy: { id: 'asc' } })

function mailTo(email: string | null, what: Partial<NewMail> = {}): NewMail {
  return {
    kind: 'notice',
    to: { userId: null, name: 'Ada Lovelace', email },
    subject: 'The token ends',
    letter: { paragraphs: ['Make a new one.'], action: { label: 'Open', path: '/login#canary-secret' } },
    dedupeKey: `to ${String(email)}`,
    ...what,
  }
}

const sample = {
  id: '018f0000-0000-7000-8000-000000000000',
  recipientName: 'Ada',
  subject: 'News',
  letter: { paragraphs: ['News.'], action: null },
}

const queue = (...wanted: NewMail[]) =>
  transact(system(), async tx => {
    const answers = []
    for (const mail of wanted) answers.push(await queueMail(tx, mail))
    return answers
  })
const sendAll = (of: World = world, by: PostOffice = office) => sendMails(system(of), { send: by.send })

describe('queueing', () => {
  it('writes nothing when the change it tells is not committed', async () => {
    const failing = transact(system(), async tx => {
      await queueMail(tx, mailTo('ada@example.com'))
      throw new Error('the change fails')
    })
    await expect(failing).rejects.toThrow('the change fails')
    expect(await mails()).toEqual([])
  })

  it('writes nothing without a mail server, and says so', async () => {
    const silent = await makeWorld({ clock })
    const answer = await transact(system(silent), tx => queueMail(tx, mailTo('ada@example.com')))
    expect([answer, await mails()]).toEqual(['no-mail-server', []])
  })

  it('writes one mail of a key', async () => {
    const answers = await queue(mailTo('ada@example.com'), mailTo('ada@example.com'))
    expect([answers, (await mails()).length]).toEqual([['queued', 'queued'], 1])
  })

  it.each([
    null,
    '',
    'ada',
    'ada@example.com, eve@example.com',
    'ada@example.com\r\nBcc: eve@example.com',
    'Ada <ada@example.com>',
    'ada@exa\u202emple.com',
    `${'a'.repeat(250)}@example.com`,
  ])('takes %j for no address', async email => {
    expect([await queue(mailTo(email)), await mails()]).toEqual([['no-address'], []])
  })
})

describe('sending', () => {
  it('sends text and HTML once, and keeps nothing of what they said', async () => {
    await queue(mailTo('ada@example.com'))
    expect([await sendAll(), await sendAll()]).toEqual([1, 0])
    const [mail] = await mails()
    expect(mail).toMatchObject({ sentAt: clock.now(), letter: null, attempts: 1, failure: null })
    const [taken, ...more] = server.taken
    expect(more).toEqual([])
    expect(taken).toMatchObject({ from: from.address, to: ['ada@example.com'] })
    expect(taken?.headers.get('message-id')).toEqual([`<${mail?.id ?? ''}@mail.test>`])
    expect(taken?.headers.get('from')).toEqual(['Rollcall <rollcall@mail.test>'])
    expect(taken?.text).toContain('Make a new one.\r\n\r\nOpen:\r\nhttps://rollcall.test/login#canary-secret')
    expect(taken?.html).toContain('href="https://rollcall.test/login#canary-secret"')
  })

  it('sends each mail once though two servers look at the same moment', async () => {
    await queue(...Array.from({ length: 6 }, (_, n) => mailTo(`person-${n}@example.com`)))
    const [here, there] = await Promise.all([sendAll(world), sendAll(other)])
    expect(here + there).toBe(6)
    expect(new Set(server.taken.flatMap(mail => mail.to)).size).toBe(6)
    expect(server.taken).toHaveLength(6)
  })

  it('waits for its time', async () => {
    await queue(mailTo('ada@example.com', { dueAt: new Date(clock.now().getTime() + hour) }))
    expect(await sendAll()).toBe(0)
    clock.advance(hour)
    expect(await sendAll()).toBe(1)
  })

  it('keeps mails while the mail server is down, says why, and sends them when it is up', async () => {
    const port = await freePort()
    const broken = createPostOffice({ smtpUrl: `smtp://user:canary@127.0.0.1:${port}`, from, publicUrl })
    await queue(mailTo('ada@example.com'), mailTo('ben@example.com'))
    await expect(sendAll(world, broken)).rejects.toThrow(MailServerAway)
    // The second one is not even tried: nobody could be sent anything.
    expect((await mails()).map(mail => mail.attempts)).toEqual([1, 0])
    expect((await mails())[0]).toMatchObject({ sentAt: null, givenUpAt: null })
    expect((await mails())[0]?.failure).toMatch(/^The mail server could not be used: .*ECONNREFUSED/)
    const up = await startMailServer(port)
    clock.advance(minute)
    const mended = createPostOffice({ smtpUrl: up.url, from, publicUrl })
    expect(await sendAll(world, mended)).toBe(2)
    await up.stop()
  })

  it('gives a refused recipient up at once, with the reason, and goes on with the others', async () => {
    server.refuse.set('gone@example.com', { code: 550, message: 'No such canary-person here' })
    await queue(mailTo('gone@example.com'), mailTo('ada@example.com'))
    await sendDueMails(world, { office, log })
    const [gone, kept] = await mails()
    expect(kept).toMatchObject({ sentAt: clock.now() })
    expect(gone).toMatchObject({ givenUpAt: clock.now(), sentAt: null, letter: null })
    expect(gone?.failure).toContain('No such canary-person here')
    expect(await readUndelivered(system().sql)).toMatchObject([
      { recipient: 'gone@example.com', subject: 'The token ends', givenUpAt: clock.now() },
    ])
    // What the server answered may name people: it stands with the mail, not in the log.
    const ours = logged.filter(line => JSON.stringify(line).includes(our.orgId))
    expect(ours).toHaveLength(1)
    expect(JSON.stringify(ours)).not.toMatch(/canary|example\.com/)
  })

  it('tries later what the server wants later: after 1, 2, 4 minutes, and gives up after three days', async () => {
    server.refuse.set('busy@example.com', { code: 451, message: 'Greylisted' })
    const outcome = await office.send({ ...sample, recipient: 'busy@example.com' })
    expect(outcome.kind === 'deferred' && outcome.reason).toContain('Greylisted')
    const began = clock.now().getTime()
    await queue(mailTo('busy@example.com'))
    const waits: number[] = []
    for (let tries = 0; tries < 200; tries += 1) {
      await sendMails(system(), { send: () => Promise.resolve(outcome) })
      const [mail] = await mails()
      if (mail === undefined || mail.givenUpAt !== null) break
      const wait = mail.dueAt.getTime() - clock.now().getTime()
      waits.push(wait / minute)
      clock.advance(wait)
    }
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
    const past = clock.now().getTime() - began
    expect([past > 2.9 * day, past <= 3 * day]).toEqual([true, true])
    expect((await mails())[0]).toMatchObject({ letter: null, sentAt: null })
  })

  it('sends again, under the same Message-ID, what a server sent that died before it wrote so', async () => {
    await queue(mailTo('ada@example.com'))
    const dying = sendMails(system(), {
      send: async mail => {
        await office.send(mail)
        throw new Error('killed')
      },
    })
    await expect(dying).rejects.toThrow('killed')
    expect(await sendAll(other)).toBe(0)
    clock.advance(mailLease + 1)
    expect(await sendAll(other)).toBe(1)
    const ids = server.taken.map(mail => mail.headers.get('message-id')?.[0])
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
  })

  it('sends nothing to somebody who was deactivated meanwhile', async () => {
    const ben = await newColleague({ ...our, world }, { role: 'admin', name: 'Ben' })
    await queue(mailTo(ben.email, { to: { userId: ben.userId, name: ben.name, email: ben.email } }))
    await switchUser(our.owner.ctx, { userId: ben.userId, active: false })
    expect([await sendAll(), server.taken]).toEqual([0, []])
    expect((await mails())[0]).toMatchObject({ givenUpAt: clock.now(), letter: null })
  })
})

describe('what people are called', () => {
  const hostile =
    'Eve"><script>alert(1)</script>\r\nBcc: eve@example.com\r\n\r\n<img src=x onerror=alert(1)>\u2028&\u202e'

  it('begins no header and no markup (H17)', async () => {
    const letter = { paragraphs: [`The token ${hostile} ends.`], action: { label: hostile, path: '/' } }
    await queue(
      mailTo('ada@example.com', {
        to: { userId: null, name: hostile, email: 'ada@example.com' },
        subject: `Token ${hostile}`,
        letter,
      }),
    )
    await sendAll()
    const [taken] = server.taken
    expect(taken?.to).toEqual(['ada@example.com'])
    expect(taken?.headers.get('bcc')).toBeUndefined()
    expect([taken?.headers.get('subject')?.length, taken?.headers.get('to')?.length]).toEqual([1, 1])
    const tags = [...(taken?.html ?? '').matchAll(/<(\w+)/g)].map(([, tag]) => tag)
    expect(tags).toEqual(['html', 'head', 'meta', 'meta', 'title', 'body', 'div', 'p', 'p', 'a', 'p'])
    expect(taken?.html).toContain('Eve&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; Bcc: eve@example.com')
    expect(taken?.text.split('\r\n')[0]).toMatch(/^The token Eve.* ends\.$/)
  })
})

describe('forgetting', () => {
  it('gives up what nobody could send in time, and forgets what is over with the logs', async () => {
    await queue(mailTo('ada@example.com'))
    clock.advance(3 * day)
    await forgetOldMails(system())
    expect((await mails())[0]).toMatchObject({ givenUpAt: clock.now(), letter: null })
    clock.advance(88 * day)
    await forgetOldMails(system())
    expect(await mails()).toEqual([])
  })
})
