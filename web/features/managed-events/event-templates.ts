// What a new managed event begins with.
import type { EventForm } from './event-form.ts'

const plain: EventForm = {
  details: {
    name: '',
    durationMinutes: 30,
    kind: 'ONE_ON_ONE',
    colour: '#0069ff',
    description: '',
    capacity: null,
  },
  location: { kind: 'VIDEO', detail: '' },
  questions: [],
  notifications: { cancellationPolicy: '', reminders: [] },
  booking: {
    slug: '',
    minimumNoticeMinutes: 240,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    daysAhead: 60,
  },
}

interface Words {
  name: string
  description: string
  question: string
}

interface Start {
  colour: string
  durationMinutes: number
  kind?: EventForm['details']['kind']
  reminders: number[]
}

const starts: Record<string, Start> = {
  intro: { colour: '#0069ff', durationMinutes: 30, reminders: [1440] },
  demo: { colour: '#7c3aed', durationMinutes: 45, kind: 'GROUP', reminders: [1440, 60] },
  interview: { colour: '#0f766e', durationMinutes: 60, reminders: [1440] },
}

export const templateNames = ['intro', 'demo', 'interview'] as const

/** A form to begin with: one of the templates, or an empty one for any other name. `words` says a template's texts. */
export function newForm(template: string, words: (template: string) => Words): EventForm {
  const form = structuredClone(plain)
  const start = starts[template]
  if (!start) return form
  const { name, description, question } = words(template)
  form.details = {
    ...form.details,
    name,
    description,
    colour: start.colour,
    durationMinutes: start.durationMinutes,
    kind: start.kind ?? 'ONE_ON_ONE',
  }
  form.questions = [{ kind: 'TEXT', label: question, required: false, options: [] }]
  form.notifications.reminders = start.reminders.map(minutesBefore => ({ channel: 'EMAIL', minutesBefore }))
  return form
}
