// The arguments of every connection, checked: a page has 1 to 500 rows.
import { z } from 'zod'
import { pageSize } from './cost.ts'

const most = String(pageSize.most)
const message = `Ask for 1 to ${most} rows a page.`
const rows = z.int({ error: message }).min(1, message).max(pageSize.most, message).nullish()
const cursor = z.string().max(300, 'This cursor is not one of ours.').nullish()

const farthest = 10_000_000

/** The check of `skip` where a list offers random access. */
export const jump = z.int().min(0).max(farthest, 'Skip fewer rows.').nullish()

/** Options of the relay plugin for `first`, `after`, `last` and `before`. */
export const pageArguments = {
  firstArgOptions: {
    description: `Rows from the start: ${String(pageSize.standard)} when nothing is said, ${most} at most.`,
    validate: rows,
  },
  afterArgOptions: { description: 'Cursor: the page begins behind it.', validate: cursor },
  lastArgOptions: { description: `Rows from the end, ${most} at most.`, validate: rows },
  beforeArgOptions: { description: 'Cursor: the page ends before it.', validate: cursor },
}
