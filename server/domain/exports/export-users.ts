// People as a CSV file, a block at a time: memory stays the same, however many there are.
import { demand, type Role } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import { peopleList } from '#server/domain/users/rules/people-list.ts'
import type { UserStatus } from '#server/domain/users/rules/user.ts'
import { noteExport } from './note-export.ts'
import { readUserBlock, type ExportedUser } from './read-blocks.sql.ts'
import { csvLine } from './rules/csv.ts'

/** Null does not narrow the file down. */
export interface ExportUsersInput {
  readonly status: readonly UserStatus[]
  /** Part of a name, user name, e-mail or external id. */
  readonly search: string | null
  readonly role: readonly Role[] | null
  /** Whether an identity provider knows the person. */
  readonly linked: boolean | null
  /** Exactly one of the values that they carry. */
  readonly identityProviderGroup: string | null
  /** Only members of this group. */
  readonly groupId: string | null
  /** Only these people, at most 1,000; everybody without it. */
  readonly ids?: readonly string[]
}

const columns = [
  'Name', 'Email', 'User name', 'Role', 'Status', 'Groups', 'Group sources', 'Identity Provider Group', 'External ID',
  'Created', 'Activated', 'Last sign-in', 'Last changed by IdP',
] // prettier-ignore

/**
 * Yields pieces of the file: the head, then a thousand people each, in order of creation. Whoever comes or goes
 * meanwhile may be in it or not; nobody is in it twice. Throws before the first piece when it is not permitted, and
 * `users/too-many`.
 */
export async function* exportUsers(ctx: Context, input: ExportUsersInput): AsyncGenerator<string, void> {
  demand(ctx.actor, 'users:read')
  const { ids: chosen, ...filter } = input
  const ids = chosen === undefined ? null : peopleList(chosen).filter(isId)
  await noteExport(ctx, { what: 'users', filter: ids === null ? filter : { ...filter, chosen: ids.length } })
  yield csvLine(columns)
  for (let after: string | null = null; ;) {
    const block: ExportedUser[] = await readUserBlock(ctx.sql, { ...filter, ids, after })
    const last = block.at(-1)
    if (last === undefined) return
    yield block.map(line).join('')
    after = last.id
  }
}

function line(user: ExportedUser): string {
  const groups = user.groups ?? []
  return csvLine([
    user.name,
    user.email,
    user.userName,
    user.role.replace('_', ' '),
    user.status,
    groups.map(({ name }) => name).join('; '),
    groups.map(({ name, sources }) => `${name}: ${sources.join(', ')}`).join('; '),
    user.identityProviderGroups.join('; '),
    user.externalId,
    user.createdAt,
    user.activatedAt,
    user.lastSignInAt,
    user.provisionedAt,
  ])
}
