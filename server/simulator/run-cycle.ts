// Plays the whole life of assigned people against a SCIM server, step by step, and leaves nobody behind.
import { randomUUID } from 'node:crypto'
import { Complaint } from './complaint.ts'
import { deleteById, type Linked, type Provider } from './idps/provider.ts'
import { inParallel } from './in-parallel.ts'
import { demandPerson, demandStatus, demandTotal, type Fault } from './judge.ts'
import { moved, type Person } from './people.ts'
import type { ScimClient } from './scim-client.ts'
import { resourceOf, type Answer, type ScimRequest } from './scim-request.ts'

export interface StepReport {
  readonly title: string
  readonly count: number
  readonly failed: number
  readonly medianMs: number
  /** Whom the first failure was about and what was wrong. */
  readonly firstFailure: string | null
}

export interface CycleOptions {
  readonly people: readonly Person[]
  readonly parallel: number
  /** Hears each step as it ends. */
  readonly onStep: (report: StepReport) => void
  /** Ends the cycle early; what was made is removed all the same. */
  readonly signal?: AbortSignal
}

/** One request a person: what to send, and how to judge the answer. */
interface Step<T> {
  readonly title: string
  readonly request: (subject: T) => ScimRequest
  readonly judge: (answer: Answer, subject: T) => Fault
  readonly name: (subject: T) => string
  /** Runs to its end even when the cycle was stopped. */
  readonly always?: boolean
}

interface Stage {
  readonly client: ScimClient
  readonly provider: Provider
  readonly options: CycleOptions
  /** Who exists on the server because of us, by id. */
  readonly linked: Map<string, Linked>
}

/**
 * Connection test, matching, create, find, read, update, disable, find the disabled, re-enable, delete. Throws
 * `Complaint` when the server is away or does not let the provider in; all other failures are in the reports.
 */
export async function runCycle(
  client: ScimClient,
  provider: Provider,
  options: CycleOptions,
): Promise<StepReport[]> {
  const stage: Stage = { client, provider, options, linked: new Map() }
  const reports: StepReport[] = []
  const tell = (report: StepReport | null): void => {
    if (report === null) return
    reports.push(report)
    options.onStep(report)
  }
  tell(await testConnection(stage))
  try {
    for (const play of plays) {
      if (isStopped(stage)) break
      tell(await play(stage))
    }
  } finally {
    tell(await cleanUp(stage))
  }
  return reports
}

const plays: readonly ((stage: Stage) => Promise<StepReport | null>)[] = [
  match,
  create,
  ...lifePlays(),
  remove,
]

async function testConnection(stage: Stage): Promise<StepReport> {
  const answer = await stage.client.send(stage.provider.testConnection(randomUUID()))
  refuseAtTheDoor(answer)
  const fault = demandTotal(answer, 0)
  return {
    title: 'Connection test',
    count: 1,
    failed: fault === null ? 0 : 1,
    medianMs: answer.ms,
    firstFailure: fault,
  }
}

function refuseAtTheDoor(answer: Answer): void {
  const { detail } = resourceOf(answer)
  const words = typeof detail === 'string' ? ` ${detail}` : ''
  if (answer.status === 401) throw new Complaint(`The server refused the token (401).${words}`)
  if (answer.status === 403) throw new Complaint(`The server does not let the token in (403).${words}`)
  if (answer.status === 404)
    throw new Complaint('There is no SCIM service at --base-url (404). Copy it from Rollcall again.')
}

function match(stage: Stage): Promise<StepReport> {
  return play(stage, stage.options.people, {
    title: 'Matching before create',
    request: person => stage.provider.find(person),
    judge: answer => demandTotal(answer, 0),
    name: person => person.userName,
  })
}

function create(stage: Stage): Promise<StepReport> {
  return play(stage, stage.options.people, {
    title: 'Create',
    request: person => stage.provider.create(person),
    judge: (answer, person) => {
      const resource = resourceOf(answer)
      const { id } = resource
      if (answer.status === 201 && typeof id === 'string') stage.linked.set(id, { id, person, resource })
      return demandPerson(answer, { person, active: true, statuses: [201] })
    },
    name: person => person.userName,
  })
}

function lifePlays() {
  return [
    lifePlay('Find by userName', {
      request: ({ provider }, { person }) =>
        provider.find({ ...person, userName: person.userName.toUpperCase() }),
      judge: answer => demandTotal(answer, 1),
    }),
    lifePlay('Read', {
      request: ({ provider }, linked) => provider.read(linked),
      judge: (answer, { person }) => demandPerson(answer, { person, active: true, statuses: [200] }),
    }),
    lifePlay('Update', {
      request: ({ provider }, linked) => provider.update(linked, moved(linked.person)),
      judge: (answer, { person }) =>
        demandPerson(answer, { person: moved(person), active: true, statuses: [200, 204] }),
      after: linked => ({ ...linked, person: moved(linked.person) }),
    }),
    lifePlay('Disable', {
      request: ({ provider }, linked) => provider.setActive(linked, false),
      judge: (answer, { person }) => demandPerson(answer, { person, active: false, statuses: [200, 204] }),
    }),
    lifePlay('Find the disabled', {
      request: ({ provider }, { person }) => provider.find(person),
      judge: answer => demandTotal(answer, 1),
    }),
    lifePlay('Re-enable', {
      request: ({ provider }, linked) => provider.setActive(linked, true),
      judge: (answer, { person }) => demandPerson(answer, { person, active: true, statuses: [200, 204] }),
    }),
  ]
}

interface LifePlay {
  readonly request: (stage: Stage, linked: Linked) => ScimRequest
  readonly judge: (answer: Answer, linked: Linked) => Fault
  /** How the person is remembered when all went well. */
  readonly after?: (linked: Linked) => Linked
}

function lifePlay(title: string, { request, judge, after = same }: LifePlay) {
  return (stage: Stage): Promise<StepReport> =>
    play(stage, [...stage.linked.values()], {
      title,
      request: linked => request(stage, linked),
      judge: (answer, linked) => {
        const fault = judge(answer, linked)
        if (fault === null) stage.linked.set(linked.id, withResource(after(linked), answer))
        return fault
      },
      name: ({ person }) => person.userName,
    })
}

function same(linked: Linked): Linked {
  return linked
}

function withResource(linked: Linked, answer: Answer): Linked {
  const resource = resourceOf(answer)
  return resource['id'] === linked.id ? { ...linked, resource } : linked
}

/** A provider that never deletes disables for good. */
function remove(stage: Stage): Promise<StepReport> {
  const { provider } = stage
  const deletes = provider.remove
  return play(stage, [...stage.linked.values()], {
    title: deletes === null ? `Unassign (${provider.title} only deactivates)` : 'Delete',
    request: linked => (deletes === null ? provider.setActive(linked, false) : deletes(linked)),
    judge: (answer, { id }) => {
      if (deletes === null) return demandStatus(answer, [200, 204])
      const fault = demandStatus(answer, [204, 404])
      if (fault === null) stage.linked.delete(id)
      return fault
    },
    name: ({ person }) => person.userName,
  })
}

/** What the provider itself left behind; null when there is nothing. */
async function cleanUp(stage: Stage): Promise<StepReport | null> {
  if (stage.linked.size === 0) return null
  return play(stage, [...stage.linked.values()], {
    title: 'Clean up after the simulation',
    request: deleteById,
    judge: answer => demandStatus(answer, [204, 404]),
    name: ({ person }) => person.userName,
    always: true,
  })
}

function isStopped({ options }: Stage): boolean {
  return options.signal?.aborted === true
}

async function play<T>(stage: Stage, subjects: readonly T[], step: Step<T>): Promise<StepReport> {
  const times: number[] = []
  const failures: string[] = []
  await inParallel(subjects, stage.options.parallel, async subject => {
    if (isStopped(stage) && step.always !== true) return
    const answer = await stage.client.send(step.request(subject))
    times.push(answer.ms)
    const fault = step.judge(answer, subject)
    if (fault !== null) failures.push(`${step.name(subject)}: ${fault}`)
  })
  return {
    title: step.title,
    count: times.length,
    failed: failures.length,
    medianMs: median(times),
    firstFailure: failures[0] ?? null,
  }
}

function median(times: number[]): number {
  const sorted = times.sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
