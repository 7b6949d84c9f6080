// Changes a person as an identity provider asks (SCIM PUT and PATCH); what changes is a pure function.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { welcomeUser } from '#server/domain/memberships/welcome-user.ts'
import type { ProvisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import type { Change, NewEvent } from '#server/domain/provisioning-log/rules/event.ts'
import type { Resource } from '#server/scim/index.ts'
import { applyUserChange } from './apply-user-change.ts'
import type { Decision, UserChanged } from './attempt-user-change.ts'
import { arrivalOf, displayNameOf } from './rules/columns.ts'
import { diff } from './rules/diff.ts'
import { statusFor, transitionName } from './rules/lifecycle.ts'
import { checkLengths, checkUserName } from './rules/user-name.ts'
import { isActive, type User, type UserStatus } from './rules/user.ts'

/** What a client may revise; the same references mean that nothing changed. */
export interface Revisable {
  readonly document: Resource
  readonly active: boolean
}

export interface ReviseUserInput {
  readonly userId: string
  /** See `UserChangeRequest`: If-Match. */
  readonly expects?: ((version: number) => boolean) | undefined
  readonly settings: ProvisioningSettings
  /** See `UserChangeRequest`. */
  readonly withGroups?: boolean
  /** Pure; may run several times. */
  readonly revise: (current: Revisable) => Revisable
}

export interface UserRevised extends UserChanged {
  readonly changes: readonly Change[]
}

/**
 * Loads the person, revises it, checks the life cycle, stores it with its events. No difference means no write, no
 * event and the same version. Throws `users/unknown`, `users/version-mismatch`, `users/user-name-taken`,
 * `users/owner-protected`, `users/no-seat-left`, and whatever `revise` throws.
 */
export async function reviseUser(ctx: Context, input: ReviseUserInput): Promise<UserRevised> {
  demand(ctx.actor, 'scim')
  const outcome = await applyUserChange(ctx, {
    userId: input.userId,
    expects: input.expects,
    withGroups: input.withGroups === true,
    decide: current => decide(current, input, ctx.clock.now()),
  })
  const changes = outcome.changed ? changesBetween(outcome.before, outcome.user) : []
  if (changes.some(({ path }) => path === 'userName' || path === 'externalId')) {
    const joined = await welcomeUser(ctx, { arrival: arrivalOf(outcome.user), settings: input.settings })
    if (joined) return { ...outcome, changes, groups: undefined }
  }
  return { ...outcome, changes }
}

function decide(current: User, input: ReviseUserInput, now: Date): Decision | null {
  const before = { document: current.document, active: isActive(current.status) }
  const after = input.revise(before)
  const status = statusFor(current, after.active)
  const document = after.document
  const changes = document === before.document ? [] : diff(before.document, document)
  const visible = changes.length > 0 || status !== current.status
  if (!visible && current.linkedAt !== null) return null
  checkNames(document, { changes, settings: input.settings })
  const revised = visible ? seenToChange(current, { document, status, now }) : current
  const user: User = { ...revised, linkedAt: current.linkedAt ?? now, provisionedAt: now }
  return { user, events: eventsOf(current, user, changes) }
}

function checkNames(
  document: Resource,
  what: { changes: readonly Change[]; settings: ProvisioningSettings },
): void {
  if (what.changes.length > 0) checkLengths(document)
  if (what.changes.some(change => change.path === 'userName')) checkUserName(document, what.settings)
}

/** A change that SCIM clients can see raises the version (RFC 7644 section 3.14). */
function seenToChange(current: User, to: { document: Resource; status: UserStatus; now: Date }): User {
  const moved = to.status !== current.status
  const deactivatedAt = to.status === 'deactivated' ? to.now : null
  return {
    ...current,
    document: to.document,
    status: to.status,
    version: current.version + 1,
    lastModified: to.now,
    deactivatedAt: moved ? deactivatedAt : current.deactivatedAt,
  }
}

function eventsOf(before: User, after: User, changes: readonly Change[]): NewEvent[] {
  const about = { userId: after.id }
  const subject = displayNameOf(after.document)
  const events: NewEvent[] = []
  if (before.linkedAt === null) events.push({ ...about, type: 'user.linked', detail: { subject } })
  if (changes.length > 0) events.push({ ...about, type: 'user.updated', detail: { subject, changes } })
  const transition = transitionName(before.status, after.status)
  if (transition !== null) {
    const active = { path: 'active', before: isActive(before.status), after: isActive(after.status) }
    events.push({ ...about, type: transition, detail: { subject, changes: [active] } })
  }
  return events
}

function changesBetween(before: User, after: User): Change[] {
  const active = { path: 'active', before: isActive(before.status), after: isActive(after.status) }
  const changes = diff(before.document, after.document)
  return active.before === active.after ? changes : [...changes, active]
}
