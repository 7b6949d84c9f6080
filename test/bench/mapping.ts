// The phases about group mapping: a preview over everybody, applying it while SCIM goes on, and moves by one PATCH.
import { urn } from '#server/scim/index.ts'
import { between, memoryOf, read } from './cpu.ts'
import { exchange } from './http-load.ts'
import type { Measured, PhaseResult } from './measure.ts'
import { departments, groupValue } from './people.ts'

export const mappingPhaseNames = ['mapping-preview', 'mapping-apply', 'mapping-move'] as const
export type MappingPhase = (typeof mappingPhaseNames)[number]

const rowsInAll = 1_000
const moves = 60

/** A thousand rows: one for each value that people carry, the others for values that nobody has sent. */
function mapping(group: (row: number) => object, applyToExisting: boolean): object {
  const rows = Array.from({ length: rowsInAll }, (_, row) => ({
    value: departments[row] === undefined ? `Value ${String(row)}` : groupValue(departments[row]),
    group: group(row),
  }))
  return { enabled: true, defaultGroup: null, applyToExisting, rows }
}

const made = (row: number): object => ({ newGroup: `Mapped ${String(row % 50)}` })

interface Plan {
  readonly organization: {
    readonly previewGroupMapping: {
      readonly fingerprint: string
      readonly totals: { readonly join: number }
    }
  }
}
const preview = `query ($input: GroupMappingInput!) { organization { previewGroupMapping(input: $input) {
  fingerprint totals { join } } } }`
const save = `mutation ($input: SaveGroupMappingInput!) { saveGroupMapping(input: $input) {
  __typename ... on SaveGroupMappingPayload { job { id } } ... on Error { message } } }`
const look = 'query ($id: ID!) { node(id: $id) { ... on Job { over done } } }'

async function ask<T>({ target, adminKey }: Measured, query: string, variables: object): Promise<T> {
  const response = await fetch(`${new URL(target.baseUrl).origin}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  const body = JSON.parse(text) as { data?: T; errors?: unknown }
  if (body.data === undefined || body.errors !== undefined)
    throw new Error(`GraphQL refused: ${text.slice(0, 400)}`)
  return body.data
}

/** Runs one of the phases; applying moves everybody and can be done once a database, so it is one round. */
export async function measureMapping(
  measured: Measured,
  phase: MappingPhase,
  rounds: number,
): Promise<PhaseResult> {
  const pids = measured.pid === null ? [] : [measured.pid]
  const before = read([...pids, ...(await measured.backends())])
  const outcome = await works[phase](measured, rounds)
  const used = between(before, read([...pids, ...(await measured.backends())]))
  const times = [...outcome.times].sort((one, other) => one - other)
  const total = times.reduce((sum, time) => sum + time, 0)
  return {
    cpuMs: measured.pid === null ? null : used / (outcome.requests ?? times.length),
    databaseMs: null,
    perSecond: (times.length * 1_000) / total,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    p95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
    errors: outcome.fault === null ? 0 : 1,
    firstError: outcome.fault,
    note: outcome.note,
  }
}

interface Outcome {
  readonly times: readonly number[]
  /** As many as shared the CPU time, where it is not each of the times. */
  readonly requests?: number
  readonly fault: string | null
  readonly note: string
}

const works: Readonly<Record<MappingPhase, (measured: Measured, rounds: number) => Promise<Outcome>>> = {
  'mapping-preview': previewed,
  'mapping-apply': applied,
  'mapping-move': moved,
}

async function previewed(measured: Measured, rounds: number): Promise<Outcome> {
  const times: number[] = []
  const resting = measured.pid === null ? 0 : memoryOf(measured.pid).now
  let joining = 0
  for (let round = 0; round < rounds * 3; round += 1) {
    const started = performance.now()
    const { organization } = await ask<Plan>(measured, preview, { input: mapping(made, true) })
    times.push(performance.now() - started)
    joining = organization.previewGroupMapping.totals.join
  }
  const most = measured.pid === null ? 0 : memoryOf(measured.pid).most
  return {
    times,
    fault: joining > 0 ? null : 'nobody would join a group',
    note: `a preview of 1,000 rows: ${String(joining)} would join; memory ${String(resting)} MB before, at most ${String(most)} MB`,
  }
}

interface Saved {
  readonly saveGroupMapping: {
    readonly __typename: string
    readonly job?: { readonly id: string } | null
    readonly message?: string
  }
}

/** Previews, saves, and waits for the job; meanwhile one person after the other is changed by SCIM. */
async function applied(measured: Measured): Promise<Outcome> {
  const input = mapping(made, true)
  const { organization } = await ask<Plan>(measured, preview, { input })
  const { fingerprint } = organization.previewGroupMapping
  const started = performance.now()
  const { saveGroupMapping: saved } = await ask<Saved>(measured, save, {
    input: { mapping: input, fingerprint },
  })
  const id = saved.job?.id
  if (id === undefined) return { times: [0], fault: JSON.stringify(saved), note: 'nothing was applied' }
  let over = false
  const waits = writeUntil(measured, () => over)
  let done = 0
  while (!over) {
    await new Promise(resolve => setTimeout(resolve, 250))
    const { node } = await ask<{ node: { over: boolean; done: number } }>(measured, look, { id })
    over = node.over
    done = node.done
  }
  const time = performance.now() - started
  const writes = (await waits).sort((one, other) => one - other)
  const at = (share: number): string =>
    (writes[Math.min(writes.length - 1, Math.floor(writes.length * share))] ?? 0).toFixed(0)
  const least = measured.population.stored.length
  return {
    times: [time],
    fault: done >= least ? null : `${String(done)} people were looked at instead of ${String(least)}`,
    note:
      `applied to ${String(done)} people in ${(time / 1_000).toFixed(1)} s, ${String(writes.length)} SCIM writes meanwhile: ` +
      `median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, 99 % within ${at(0.99)} ms, the slowest ${at(1)} ms`,
  }
}

async function writeUntil(measured: Measured, over: () => boolean): Promise<number[]> {
  const waits: number[] = []
  const { stored } = measured.population
  while (!over()) {
    const { id = '' } = stored[(waits.length * 7_919) % stored.length] ?? {}
    waits.push(await patchTimed(measured, id, 'title', `Title ${measured.run}${String(waits.length)}`))
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return waits
}

async function patchTimed(measured: Measured, id: string, path: string, value: unknown): Promise<number> {
  const body = { schemas: [urn.patchOp], Operations: [{ op: 'Replace', path, value: value as string }] }
  const started = performance.now()
  const { status, text } = await exchange(measured.target, { method: 'PATCH', path: `/Users/${id}`, body })
  if (status !== 200) throw new Error(`A change was refused: ${String(status)} ${text.slice(0, 200)}`)
  return performance.now() - started
}

interface Current {
  readonly groupMapping: { readonly version: number }
  readonly groups: { readonly nodes: readonly { readonly id: string; readonly name: string }[] }
}
const current = '{ groupMapping { version } groups(first: 100, search: "Holders") { nodes { id name } } }'

/** Maps the values to groups with ten managed events each, and moves people between these by their value. */
async function moved(measured: Measured): Promise<Outcome> {
  const { organization } = await ask<{ organization: Current }>(measured, `{ organization ${current} }`, {})
  const holders = organization.groups.nodes
  const group = (row: number): object => ({ groupId: holders[row % holders.length]?.id ?? '' })
  const input = { mapping: mapping(group, false), version: organization.groupMapping.version }
  const { saveGroupMapping: saved } = await ask<Saved>(measured, save, { input })
  if (saved.__typename !== 'SaveGroupMappingPayload')
    return { times: [0], fault: JSON.stringify(saved), note: 'nobody was moved' }
  const path = `${urn.calendlyUser}:group`
  const people = measured.population.stored.filter(({ active }) => active).slice(0, moves)
  const times: number[] = []
  for (const round of [0, 1, 2]) {
    for (const [index, { id }] of people.entries()) {
      const value = groupValue(departments[(index + round) % departments.length] ?? '')
      const time = await patchTimed(measured, id, path, value)
      // In the first round people come from groups without managed events.
      if (round > 0) times.push(time)
    }
  }
  return {
    times,
    fault: null,
    note: `${String(times.length)} people moved between groups with ten managed events each`,
  }
}
