// Which blocks of a long list are needed, and which may be forgotten.

/** Numbers of the blocks that cover rows `first` to `last` (both included). */
export function blocksCovering(first: number, last: number, size: number): number[] {
  if (last < first) return []
  const from = Math.floor(first / size)
  return Array.from({ length: Math.floor(last / size) - from + 1 }, (_, index) => from + index)
}

/** A new map with `block` as the youngest; the oldest go when more than `keep` are held. */
export function rememberBlock<Rows>(
  blocks: ReadonlyMap<number, Rows>,
  block: { number: number; rows: Rows },
  keep: number,
): Map<number, Rows> {
  const next = new Map(blocks)
  next.delete(block.number)
  next.set(block.number, block.rows)
  for (const oldest of next.keys()) {
    if (next.size <= keep) break
    next.delete(oldest)
  }
  return next
}

/** The row at a position of the whole list, or undefined while its block is not there. */
export function rowIn<Row>(
  blocks: ReadonlyMap<number, readonly Row[]>,
  index: number,
  size: number,
): Row | undefined {
  return blocks.get(Math.floor(index / size))?.[index % size]
}

/** A new map in which the row with `id` is replaced; the same map when no block holds it. */
export function patchRow<Row extends { id: string }>(
  blocks: ReadonlyMap<number, readonly Row[]>,
  row: Row,
): ReadonlyMap<number, readonly Row[]> {
  for (const [number, rows] of blocks) {
    const at = rows.findIndex(one => one.id === row.id)
    if (at < 0) continue
    const next = new Map(blocks)
    next.set(number, rows.with(at, row))
    return next
  }
  return blocks
}
