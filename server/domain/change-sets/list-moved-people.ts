// Lists whom a change set has moved, or whom undoing it would move; writes nothing.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import {
  countMovedPeople,
  readMovedPeople,
  type MovedQuestion,
  type MovedRow,
} from './read-moved-people.sql.ts'
import { moveOf, undoOf, type PersonMove } from './rules/moved-person.ts'
import { unknownChangeSet } from './rules/refusals.ts'

export interface MovedPerson extends Omit<MovedRow, 'entries'>, PersonMove {}

export interface ListMovedPeopleInput extends MovedQuestion {
  /** What the change set has done, or what undoing it would do. */
  readonly of: 'change' | 'undo'
}

export interface MovedPeoplePage {
  readonly people: readonly MovedPerson[]
  /** On all pages. */
  readonly total: () => Promise<number>
}

/** By name; `search` is a part of a name, user name, e-mail or external id. Throws `change-sets/unknown`. */
export async function listMovedPeople(ctx: Context, input: ListMovedPeopleInput): Promise<MovedPeoplePage> {
  demand(ctx.actor, 'mappings:read')
  demand(ctx.actor, 'users:read')
  const where = { orgId: ctx.orgId, id: input.changeSetId }
  const changeSet = await ctx.db.changeSet.findFirst({ where, select: { kind: true } })
  if (changeSet === null) throw unknownChangeSet()
  const question = { ...input, search: nameKey(input.search.trim()) }
  const rows = await readMovedPeople(ctx.sql, question)
  const undoing = changeSet.kind === 'undo'
  const people = rows.map(({ entries, ...row }): MovedPerson => {
    return { ...row, ...(input.of === 'undo' ? undoOf(entries) : moveOf(entries, { undoing })) }
  })
  return { people, total: () => countMovedPeople(ctx.sql, question) }
}
