// The form of a managed event: only what changed is sent, and faults find their section.
import { expect, test } from 'vitest'
import { minuteItems } from '#web/features/managed-events/choices.ts'
import {
  changedSections,
  faultsIn,
  inputOf,
  inputOfNew,
  slugOf,
} from '#web/features/managed-events/event-form.ts'
import { newForm } from '#web/features/managed-events/event-templates.ts'
import { effectsOf, takesSomething } from '#web/features/managed-events/update-words.ts'

const words = (name: string) => ({ name, description: '', question: 'Why?' })
const form = () => newForm('demo', words)

test('an unchanged form sends nothing, a changed one only its section', () => {
  expect(changedSections(form(), form())).toEqual({})
  const now = form()
  now.location.detail = 'https://meet.example'
  expect(changedSections(form(), now)).toEqual({
    location: { kind: 'VIDEO', detail: 'https://meet.example' },
  })
})

test('blanks at the ends are no change, and an emptied number is one', () => {
  const now = form()
  now.details.name += ' '
  expect(changedSections(form(), now)).toEqual({})
  Object.assign(now.details, { durationMinutes: '' })
  expect(changedSections(form(), now).details?.durationMinutes).toBe(0)
})

test('a limit counts for group meetings only, answers only where there are some to choose from', () => {
  const now = form()
  now.details = { ...now.details, capacity: 5, kind: 'ONE_ON_ONE' }
  now.questions = [
    { kind: 'LINE', label: 'Name ', required: true, options: ['left over'] },
    { kind: 'ONE_OF', label: 'Size', required: false, options: [' S', '', 'M'] },
  ]
  const input = inputOf(now)
  expect(input.details.capacity).toBeNull()
  expect(input.questions.map(question => question.options)).toEqual([[], ['S', 'M']])
  expect(input.questions[0]?.label).toBe('Name')
})

test('a new one without an address leaves it to the server', () => {
  expect(inputOfNew(form()).booking).not.toHaveProperty('slug')
  const now = form()
  now.booking.slug = ' mine '
  expect(inputOfNew(now).booking?.slug).toBe('mine')
})

test.each([
  ['Intro call!', 'intro-call'],
  ['  Ça va?  ', 'ca-va'],
  ['…', ''],
])('the address of "%s" is "%s"', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

test('faults go to the section they are about', () => {
  const fields = {
    'details.name': 'Give a name.',
    'questions.0': 'Write a question.',
    questions: 'Too many.',
  }
  expect(faultsIn(fields, 'details')).toEqual({ name: 'Give a name.' })
  expect(faultsIn(fields, 'questions')).toEqual({ '0': 'Write a question.', '': 'Too many.' })
})

test('an unusual number of minutes stays among the choices', () => {
  expect(minuteItems([0, 60], 90, 'None').map(item => item.label)).toEqual(['None', '1 hour', '90 min'])
})

test('what saving does is said, and asked about when someone loses something', () => {
  const preview = { copiesChanged: 3, synced: [], unreached: [], overwritten: [], slugClashes: 0 }
  const say = (key: string) => key
  expect(effectsOf(preview, say)).toEqual(['managed-events.effects.copies'])
  expect(takesSomething(preview)).toBe(false)
  const harsh = { ...preview, overwritten: [{ section: 'BOOKING' as const, people: 2 }], slugClashes: 1 }
  expect(effectsOf(harsh, say)).toHaveLength(3)
  expect(takesSomething(harsh)).toBe(true)
})
