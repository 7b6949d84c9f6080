// The phases about groups: members of groups of three sizes are added, removed, replaced and read.
import { urn, type Json } from '#server/scim/index.ts'
import { exchange, type LoadRequest, type Target } from './http-load.ts'
import type { Population, Stored } from './people.ts'

/** Sizes of the groups; the large one has two thirds of the stored people, at most 100,000. */
export const groupSizes = ['1', '1000', 'large'] as const
export type GroupSize = (typeof groupSizes)[number]

export const groupPhaseNames = [
  'group-create',
  'group-lookup',
  'group-get',
  'group-add-1',
  'group-add-1000',
  'group-add-large',
  'group-remove-1',
  'group-remove-1000',
  'group-remove-large',
  'group-patch-1000',
  'group-get-members',
  'group-fill-large',
  'group-replace-large',
] as const
export type GroupPhase = (typeof groupPhaseNames)[number]

/** Groups of one person; several, so that adding does not make them large. */
const smallGroups = 60
const largest = 100_000

/** Made before the first of these phases. */
export interface Groups {
  readonly bySize: Readonly<Record<GroupSize, readonly string[]>>
  /** Its members are exchanged a thousand at once. */
  readonly exchanged: string
  /** Its members are replaced all at once. */
  readonly replaced: string
}

/** Number of members of the large group. */
export function largeSize(stored: number): number {
  return Math.min(largest, Math.floor((stored * 2) / 3))
}

export async function makeGroups(target: Target, { stored }: Population, run: string): Promise<Groups> {
  let made = 0
  const make = async (members: readonly Stored[]): Promise<string> => {
    made += 1
    const body = groupBody(`Group ${run}${String(made)}`, members)
    const answer = await exchange(target, {
      method: 'POST',
      path: '/Groups?excludedAttributes=members',
      body,
    })
    if (answer.status !== 201)
      throw new Error(`No group: ${String(answer.status)} ${answer.text.slice(0, 300)}`)
    return (JSON.parse(answer.text) as { id: string }).id
  }
  const small: string[] = []
  while (small.length < smallGroups) small.push(await make(stored.slice(0, 1)))
  const bySize = {
    '1': small,
    '1000': [await make(stored.slice(0, 1_000))],
    large: [await make(stored.slice(0, largeSize(stored.length)))],
  }
  const replaced = await make(stored.slice(0, largeSize(stored.length)))
  return { bySize, exchanged: await make([]), replaced }
}

/** Makes the requests of every group phase; each call of a maker is the next request. */
export function makeGroupPhases(
  groups: Groups,
  { stored }: Population,
  run: string,
): Record<GroupPhase, () => LoadRequest> {
  const large = largeSize(stored.length)
  const thousand = stored.slice(0, 1_000)
  let looked = 0
  let names = 0
  return {
    'group-create': () => {
      names += 1
      return {
        method: 'POST',
        path: '/Groups',
        body: groupBody(`Made ${run}${String(names)}`, []),
        status: 201,
      }
    },
    'group-lookup': () => {
      const filter = encodeURIComponent(
        `displayName eq "Group ${run}${String(1 + (looked++ % smallGroups))}"`,
      )
      const path = `/Groups?excludedAttributes=members&filter=${filter}`
      return { method: 'GET', path, status: 200, check: body => totalIs(body, 1) }
    },
    'group-get': () => read(`${groups.bySize.large[0] ?? ''}?excludedAttributes=members`),
    'group-get-members': () => ({
      ...read(groups.bySize.large[0] ?? ''),
      check: body => membersAre(body, large),
    }),
    ...changesOf(groups, stored.slice(large)),
    'group-patch-1000': inTurns(op => patch(groups.exchanged, op === 'one' ? 'Add' : 'Remove', thousand)),
    'group-fill-large': () => {
      names += 1
      const body = groupBody(`Filled ${run}${String(names)}`, stored.slice(0, large))
      return { method: 'POST', path: '/Groups?excludedAttributes=members', body, status: 201 }
    },
    'group-replace-large': inTurns(half =>
      put(groups.replaced, half === 'one' ? stored.slice(-large) : stored.slice(0, large)),
    ),
  }
}

function inTurns(request: (turn: 'one' | 'other') => LoadRequest): () => LoadRequest {
  let count = 0
  return () => request((count += 1) % 2 === 1 ? 'one' : 'other')
}

type Change = Extract<GroupPhase, `group-${'add' | 'remove'}-${string}`>

/** Everyone who is added to a group is outside of it, and removed by the next phase. */
function changesOf(groups: Groups, outside: readonly Stored[]): Record<Change, () => LoadRequest> {
  const maker = (size: GroupSize, op: 'Add' | 'Remove') => {
    let at = 0
    return () => {
      const list = groups.bySize[size]
      const person = outside[Math.floor(at / list.length) % outside.length]
      const group = list[at % list.length] ?? ''
      at += 1
      return patch(group, op, person === undefined ? [] : [person])
    }
  }
  return {
    'group-add-1': maker('1', 'Add'),
    'group-add-1000': maker('1000', 'Add'),
    'group-add-large': maker('large', 'Add'),
    'group-remove-1': maker('1', 'Remove'),
    'group-remove-1000': maker('1000', 'Remove'),
    'group-remove-large': maker('large', 'Remove'),
  }
}

function read(path: string): LoadRequest {
  return { method: 'GET', path: `/Groups/${path}`, status: 200 }
}

function patch(id: string, op: 'Add' | 'Remove', members: readonly Stored[]): LoadRequest {
  const Operations = [{ op, path: 'members', value: members.map(valueOf) }]
  return { method: 'PATCH', path: `/Groups/${id}`, body: { schemas: [urn.patchOp], Operations }, status: 204 }
}

function put(id: string, members: readonly Stored[]): LoadRequest {
  const body = groupBody(`Replaced ${id}`, members)
  return { method: 'PUT', path: `/Groups/${id}?excludedAttributes=members`, body, status: 200 }
}

function groupBody(displayName: string, members: readonly Stored[]) {
  return { schemas: [urn.group], displayName, members: members.map(valueOf) }
}

function valueOf({ id }: Stored) {
  return { value: id }
}

function totalIs(body: Json, total: number): string | null {
  const found = (body as { totalResults?: Json }).totalResults
  return found === total ? null : `${JSON.stringify(found ?? null)} found instead of ${String(total)}`
}

function membersAre(body: Json, least: number): string | null {
  const { members } = body as { members?: readonly Json[] }
  const found = members?.length ?? 0
  return found >= least ? null : `${String(found)} members instead of ${String(least)}`
}
