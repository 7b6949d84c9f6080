// Orders the operations of a Bulk request: whoever is referred to comes first, circles are kept together.
import type { BulkOperation } from './bulk-request.ts'

/**
 * Operations by their place in the request. `together`: creations of people that know nothing of each other, so they
 * may be stored in one go. `circle`: creations that refer to each other (RFC 7644 section 3.7.1).
 */
export interface BulkStep {
  readonly kind: 'one' | 'together' | 'circle'
  readonly operations: readonly number[]
}

/** Most creations stored in one go: one that fails makes the others of its step go one by one. */
const mostTogether = 100

/**
 * The order of the request, but that an operation which others refer to moves before the first of them. Steps are to
 * be done one after the other, and the operations of a step in their order.
 */
export function planBulk(operations: readonly BulkOperation[]): readonly BulkStep[] {
  const steps: BulkStep[] = []
  for (const circle of inOrder(needsOf(operations))) {
    const [only = 0] = circle.operations
    const last = steps.at(-1)
    if (!circle.closed && last !== undefined && fits(only, { last, operations })) {
      steps[steps.length - 1] = { kind: 'together', operations: [...last.operations, only] }
    } else {
      steps.push({ kind: circle.closed ? 'circle' : 'one', operations: circle.operations })
    }
  }
  return steps
}

/** For each operation the places of those that it refers to. References to nothing are found out when it is done. */
function needsOf(operations: readonly BulkOperation[]): readonly (readonly number[])[] {
  const makers = new Map<string, number>()
  for (const [index, { method, bulkId }] of operations.entries()) {
    if (method === 'POST' && bulkId !== null && !makers.has(bulkId)) makers.set(bulkId, index)
  }
  return operations.map(({ references }) =>
    references.flatMap(bulkId => {
      const maker = makers.get(bulkId)
      return maker === undefined ? [] : [maker]
    }),
  )
}

function fits(
  candidate: number,
  { last, operations }: { last: BulkStep; operations: readonly BulkOperation[] },
): boolean {
  if (last.kind === 'circle' || last.operations.length >= mostTogether) return false
  const creations = [...last.operations.slice(0, 1), candidate].map(index => operations[index])
  if (!creations.every(isCreationOfPerson)) return false
  const made = new Set(last.operations.map(index => operations[index]?.bulkId))
  return operations[candidate]?.references.every(bulkId => !made.has(bulkId)) ?? false
}

function isCreationOfPerson(operation: BulkOperation | undefined): boolean {
  return (
    operation?.method === 'POST' &&
    operation.endpoint === 'Users' &&
    operation.id === null &&
    operation.refusal === null
  )
}

interface Circle {
  /** In the order of the request. */
  readonly operations: readonly number[]
  /** True when they refer to each other, or one to itself. */
  readonly closed: boolean
}

interface Walk {
  readonly needs: readonly (readonly number[])[]
  /** When each operation was first met. */
  readonly met: Map<number, number>
  readonly open: number[]
  readonly done: Circle[]
}

/** Strongly connected components in the order that needs are met (Tarjan's algorithm). */
function inOrder(needs: Walk['needs']): readonly Circle[] {
  const walk: Walk = { needs, met: new Map(), open: [], done: [] }
  for (const index of needs.keys()) if (!walk.met.has(index)) visit(index, walk)
  return walk.done
}

/** Recursion is as deep as references are chained: at most the number of operations in a request. */
function visit(index: number, walk: Walk): number {
  const place = walk.met.size
  walk.met.set(index, place)
  walk.open.push(index)
  let low = place
  for (const need of walk.needs[index] ?? []) {
    if (!walk.met.has(need)) low = Math.min(low, visit(need, walk))
    else if (walk.open.includes(need)) low = Math.min(low, walk.met.get(need) ?? low)
  }
  if (low === place) {
    const operations = walk.open.splice(walk.open.indexOf(index)).sort((one, other) => one - other)
    walk.done.push({ operations, closed: operations.length > 1 || needsItself(index, walk) })
  }
  return low
}

function needsItself(index: number, { needs }: Walk): boolean {
  return needs[index]?.includes(index) ?? false
}
