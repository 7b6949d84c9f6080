// The arguments of every connection, checked: a page has 1 to 500 rows.
import { z } from 'zod'
import type { builder } from './builder.ts'
import { pageSize } from './cost.ts'

type Arguments = Parameters<Parameters<typeof builder.queryField>[1]>[0]['arg']

const message = `Ask for 1 to ${String(pageSize.most)} rows a page.`
const rows = z.int({ error: message }).min(1, message).max(pageSize.most, message).nullish()
const cursor = z.string().max(300, 'This cursor is not one of ours.').nullish()

/** `first`, `after`, `last` and `before`. */
export function pageArguments({ arg }: { arg: Arguments }) {
  return {
    first: arg.int({
      description: `Rows from the start, ${String(pageSize.standard)} when nothing is said, ${String(pageSize.most)} at most.`,
      validate: rows,
    }),
    after: arg.string({ description: 'Cursor: the page begins behind it.', validate: cursor }),
    last: arg.int({ description: 'Rows from the end.', validate: rows }),
    before: arg.string({ description: 'Cursor: the page ends before it.', validate: cursor }),
  }
}
