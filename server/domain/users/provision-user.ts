// Creates a person whom the identity provider sends (SCIM POST).
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import type { ProvisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { tallyOf } from '#server/domain/provisioning-log/rules/tally.ts'
import { knownMapping } from '#server/domain/group-mappings/known-mapping.ts'
import { isMappingMoved, mappingMoved } from '#server/domain/group-mappings/rules/refusals.ts'
import type { Resource } from '#server/scim/index.ts'
import { welcomeUser } from '#server/domain/memberships/welcome-user.ts'
import { findPlacement } from './find-placement.ts'
import type { JointInsert } from './joint-insert.ts'
import { noSeatLeft } from './no-seat-left.ts'
import { arrivalOf, displayNameOf } from './rules/columns.ts'
import { userNameTaken } from './rules/refusals.ts'
import { checkLengths, checkUserName } from './rules/user-name.ts'
import { userNameOf, type SeenUser, type User } from './rules/user.ts'
import { storeMovedUser } from './store-moved-user.ts'
import { insertUser, type UserChange } from './store-user.sql.ts'

const tries = 5

export interface ProvisionUserInput {
  /** The accepted resource without `id`, `meta`, `groups` and `active`. */
  readonly document: Resource
  /** False makes a person who is known but may not sign in and holds no seat. */
  readonly active: boolean
  readonly settings: ProvisioningSettings
  /** Stores the person together with others; without it they are stored alone. */
  readonly together?: JointInsert | undefined
}

/**
 * Creates the person as pending (or deactivated). Throws `users/user-name-taken` (conflict), `users/no-seat-left`
 * and `users/user-name-no-email`. Of parallel identical calls exactly one succeeds. The groups are there when it is
 * known that there are none yet.
 */
export async function provisionUser(
  ctx: Context,
  input: ProvisionUserInput,
): Promise<User & Pick<SeenUser, 'groups'>> {
  demand(ctx.actor, 'scim')
  checkLengths(input.document)
  checkUserName(input.document, input.settings)
  const user = newUser(ctx, input)
  const subject = displayNameOf(user.document)
  const events = [{ type: 'user.created', userId: user.id, detail: { subject } } as const]
  const change = { user, events, tally: tallyOf(null, user.status), mapping: knownMapping(ctx) }
  const { together } = input
  const placed = await (together === undefined ? insert(ctx, change) : insertTogether(ctx, change, together))
  ctx.ring()
  const joined = await welcomeUser(ctx, { arrival: arrivalOf(user), settings: input.settings })
  return placed || joined ? user : { ...user, groups: [] }
}

/** Whoever the mapping places needs a transaction of their own. */
async function insertTogether(ctx: Context, change: UserChange, together: JointInsert): Promise<false> {
  const placement = await findPlacement(ctx, { ...change, before: null })
  if (placement !== null) throw together.refuse()
  await together.insert(change)
  return false
}

/** By the mapping that this process knows; once more when there is a newer one. True when it placed the person. */
async function insert(ctx: Context, change: UserChange): Promise<boolean> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const outcome = await insertOnce(ctx, { ...change, mapping: knownMapping(ctx) })
    if (outcome !== 'lost-race') return outcome === 'placed'
  }
  throw mappingMoved()
}

async function insertOnce(ctx: Context, change: UserChange): Promise<'stored' | 'placed' | 'lost-race'> {
  const { user } = change
  try {
    const placement = await findPlacement(ctx, { ...change, before: null })
    if (placement !== null) {
      const outcome = await storeMovedUser(ctx, { ...change, before: null, placement })
      return outcome === 'stored' ? 'placed' : outcome
    }
    if (!(await insertUser(ctx, change))) throw await noSeatLeft(ctx)
    return 'stored'
  } catch (error) {
    if (isMappingMoved(error)) return 'lost-race'
    throw isDuplicate(error) ? userNameTaken(userNameOf(user.document)) : error
  }
}

function newUser(ctx: Context, input: ProvisionUserInput): User {
  const now = ctx.clock.now()
  return {
    id: ctx.clock.newId(),
    status: input.active ? 'pending' : 'deactivated',
    role: 'user',
    document: input.document,
    version: 1,
    revision: 1,
    linkedAt: now,
    createdAt: now,
    lastModified: now,
    activatedAt: null,
    provisionedAt: now,
    deactivatedAt: input.active ? null : now,
    deletedAt: null,
    purgeAt: null,
  }
}
