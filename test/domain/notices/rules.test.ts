// When the end of something is told: table-driven, by the clock alone.
import { describe, expect, it } from 'vitest'
import { planNotices, thresholdOf, type Subject, type Told } from '#server/domain/notices/rules/expiry.ts'
import { noticeMail } from '#server/domain/notices/rules/notice-words.ts'

const day = 86_400_000
const end = new Date('2026-12-01T12:00:00Z')
const before = (days: number): Date => new Date(end.getTime() - days * day)
const token = (createdDaysBefore = 365): Subject => ({
  kind: 'scim-token',
  id: 't',
  name: 'Okta',
  createdAt: before(createdDaysBefore),
  expiresAt: end,
  audienceId: null,
})
const told = (threshold: number, resolved = false): Told => ({
  id: `n${threshold}`,
  subjectKind: 'scim-token',
  subjectId: 't',
  threshold,
  resolvedAt: resolved ? before(31) : null,
})

describe('the step that has come', () => {
  it.each([
    [31, null],
    [30.01, null],
    [30, 30],
    [14.01, 30],
    [14, 14],
    [7.5, 14],
    [7, 7],
    [3.01, 7],
    [3, 3],
    [1.01, 3],
    [1, 1],
    [0.01, 1],
    [0, 0],
    [-29, 0],
    [-31, null],
  ])('%d days before the end is %j', (days, threshold) => {
    expect(thresholdOf(token(), before(days))).toBe(threshold)
  })

  it.each([
    [30, 30, null],
    [30, 14, 14],
    [10, 10, null],
    [10, 7, 7],
    [0.5, 0.5, null],
    [0.5, 0, 0],
  ])('of what was made for %d days is, %d days before the end, %j', (made, days, threshold) => {
    expect(thresholdOf(token(made), before(days))).toBe(threshold)
  })
})

describe('the plan', () => {
  const plan = (subjects: Subject[], toldOf: Told[], days: number) =>
    planNotices(subjects, toldOf, before(days))

  it('tells only the newest step after a server was down across several', () => {
    expect(plan([token()], [told(30)], 2).tell.map(step => step.threshold)).toEqual([3])
    expect(plan([token()], [], 0.5).tell.map(step => step.threshold)).toEqual([1])
  })

  it('tells no step twice and none backwards', () => {
    expect(plan([token()], [told(7)], 6).tell).toEqual([])
    expect(plan([token()], [told(1)], 6).tell).toEqual([])
  })

  it('settles what is told of something that is replaced, ended or gone, and opens it again if it comes back', () => {
    expect(plan([], [told(7)], 6)).toEqual({ tell: [], reopen: [], settle: ['n7'] })
    expect(plan([], [told(7, true)], 6).settle).toEqual([])
    expect(plan([token()], [told(7, true)], 6)).toEqual({ tell: [], reopen: ['n7'], settle: [] })
  })
})

describe('the mail', () => {
  it.each([
    [30, 'The SCIM token “Okta” expires in 30 days'],
    [1, 'The SCIM token “Okta” expires within a day'],
    [0, 'The SCIM token “Okta” has expired'],
  ] as const)('of step %d is called %j', (threshold, subject) => {
    const mail = noticeMail({ subject: token(), threshold }, 'Acme')
    expect(mail.subject).toBe(subject)
    expect(mail.letter.paragraphs[0]).toMatch(/of Acme expire[sd].* on 1 December 2026, 12:00 UTC/)
  })
})
