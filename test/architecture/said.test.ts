// What the server says to people has its words in every other language, and no book outlives what is said.
import { describe, expect, test } from 'vitest'
import { eventTypes, type EventDetail } from '#server/domain/provisioning-log/rules/event.ts'
import { sentence } from '#server/domain/provisioning-log/rules/sentence.ts'
import { deviations } from '#server/scim/dialect/deviation.ts'
import { translator, type PhraseBook } from '#web/lib/phrase-book.ts'
import { filesUnder, textOf } from './house-files.ts'
import { sentencesIn } from './spoken-sentences.ts'

/** Rooms and files whose sentences no page of the console shows: letters, what programs and operators ask for. */
const elsewhere = [
  ...['mail/', 'notices/rules/', 'invitations/mail-invitation', 'oauth-clients/', 'organizations/create'],
  ...['organizations/update', 'organizations/delete-organization', 'organizations/rules/settings'],
  ...['organizations/unknown-organization', 'lists/'],
].map(start => `server/domain/${start}`)
/** What SCIM's own documents say about themselves, and the deviations, which have a test of their own. */
const documents = [
  'server/scim/schema/',
  'server/scim/discovery/',
  'server/scim-http/discovery',
  'server/scim/dialect/deviation',
  // Read by operators in the log of the server.
  'server/outgoing/published-keys',
]
/** The same of single sentences. */
const unseen = new Set([
  'Not a cursor.',
  // A name and what is wrong with it: the book has each fault.
  '7 7.',
  'Choose scopes from: 7.',
  'This cursor is not one of ours. Leave "after" out to start now.',
])

const books = filesUnder('web/said')
const heard = filesUnder('server/domain', 'server/saml', 'server/scim', 'server/scim-http', 'server/outgoing')
  .filter(path => path.endsWith('.ts') && ![...elsewhere, ...documents].some(start => path.startsWith(start)))
  .flatMap(path => sentencesIn(textOf(path)).map(text => [text, path] as const))
  .filter(([text]) => !unseen.has(text))

const told: EventDetail[] = [
  { subject: 'Ada Byron' },
  {
    subject: 'Ada Byron',
    changes: ['title', 'name.givenName', 'urn:x:department'].map(path => ({ path, before: 1, after: 2 })),
    people: { count: 100, names: ['Ada Byron', 'Grace Hopper'], ids: [] },
    words: {
      role: 'group_admin',
      days: '7',
      reason: 'Department = Sales, row 3',
      way: 'reminder',
      by: 'setup',
    },
  },
]

describe.each(books)('%s', path => {
  const book = JSON.parse(textOf(path)) as PhraseBook
  const translate = translator(book)

  test('says nothing in two ways', () => {
    // Of a phrase that stands there twice, the parser keeps the last.
    expect(textOf(path)).toBe(`${JSON.stringify(book, null, 2)}\n`)
  })

  test.each(heard)('has words for: %s (%s)', text => {
    const found = Object.keys(book).some(section => translate(text, section) !== text)
    expect(found).toBe(true)
  })

  test.each([
    ['This metadata cannot be used. It names no entity ID.', 'It names'],
    [
      'Ada Byron and 2 more cannot be removed by hand, so nobody was. Your identity provider pushes this group. Remove the person there.',
      'pushes',
    ],
  ])('puts what stands inside into the language as well: %s', (english, inside) => {
    expect(translate(english)).not.toBe(english)
    expect(translate(english)).not.toContain(inside)
  })

  test.each(eventTypes)('tells of %s', type => {
    for (const detail of told) {
      const english = sentence({ type, actorName: 'Okta 2026', detail })
      expect(translate(english)).not.toBe(english)
      expect(translate(english)).not.toMatch(/\b(the|of|and|people|someone|more|changed)\b/u)
    }
  })

  test.each(deviations.map(one => one.sentence))('tells: %s', english => {
    const [sent = '', understood = ''] = translate(english).split('; ')
    expect(english.startsWith(sent)).toBe(false)
    expect(english.endsWith(understood)).toBe(false)
  })

  test('names in a translation what the phrase names, and no section that is missing', () => {
    const wrong = Object.values(book).flatMap(phrases =>
      Object.entries(phrases).filter(([english, other]) => {
        const names = [...english.matchAll(/\{(\w+)(?::(\w+))?\}/gu)]
        const known = names.every(
          ([, , section]) => section === undefined || section === 'number' || section in book,
        )
        const used = [...other.matchAll(/\{(\w+)\}/gu)].map(match => match[1])
        return !known || used.some(one => !names.some(match => match[1] === one))
      }),
    )
    expect(wrong).toEqual([])
  })
})

describe('a phrase book', () => {
  const translate = translator({
    sentences: {
      '{who} added {people:people} to {group}': '{people} kamen durch {who} zu {group}',
      '{who} added {group} to the list': '{group} steht durch {who} auf der Liste',
      'Wait {seconds:number} seconds.': 'Warten Sie {seconds} Sekunden.',
      'Done.': 'Fertig.',
    },
    people: { '{one} and {two:people}': '{one} und {two}', someone: 'jemand' },
  })
  test.each([
    ['Done.', 'Fertig.'],
    ['Ada added Grace and someone to Sales', 'Grace und jemand kamen durch Ada zu Sales'],
    ['Ada added Sales to the list', 'Sales steht durch Ada auf der Liste'],
    ['$1 added $& to (a|b)', '$& kamen durch $1 zu (a|b)'],
    ['Wait 1,200 seconds.', 'Warten Sie 1,200 Sekunden.'],
    ['Wait some seconds.', 'Wait some seconds.'],
    ['A sentence of a newer server.', 'A sentence of a newer server.'],
  ])('turns "%s" into "%s"', (english, other) => {
    expect(translate(english)).toBe(other)
    expect(translate(english)).toBe(other)
  })
})
