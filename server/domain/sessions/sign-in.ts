// Signs a person in with e-mail and password. Unknown people and wrong passwords look alike and take as long.
import type { PersonActor, Role } from '#server/domain/actor.ts'
import type { Context, InstallationContext } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { beginSignInStep, type SignInStepBegun } from '#server/domain/two-step/begin-sign-in-step.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import { isActive, type UserStatus } from '#server/domain/users/rules/user.ts'
import { createDecoy, verifyPassword } from './hash-password.ts'
import { countSignInTry, type SignInTry } from './count-sign-in-try.ts'
import { forgetFailures } from './forget-failures.ts'
import { openSession } from './open-session.ts'
import { ssoEnforced, tooManyFailures } from './refusals.ts'
import { accountSubject, unknownSubject } from './rules/failure-subjects.ts'
import { passwordIsTaken } from './rules/password-is-taken.ts'
import type { StartedSession } from './start-session.ts'
import { takeTryBack } from './take-try-back.ts'

export interface SignInInput {
  readonly email: string
  readonly password: string
  /** Chosen after a first answer named several organizations. */
  readonly organizationId?: string | null
}

export type SignedIn =
  | { readonly kind: 'signed-in'; readonly session: StartedSession; readonly actor: PersonActor }
  | { readonly kind: 'choose'; readonly organizations: readonly { id: string; name: string }[] }
  | { readonly kind: 'second-step'; readonly step: SignInStepBegun }

interface Candidate {
  readonly orgId: string
  readonly userId: string
  readonly passwordHash: string
  readonly organization: {
    readonly id: string
    readonly name: string
    readonly key: string
    readonly plan: string
    readonly entitlements: unknown
    readonly requireTwoStep: boolean
    readonly ssoConnection: { readonly status: string } | null
  }
  readonly user: { readonly status: string; readonly role: string; readonly displayName: string }
}

const decoy = createDecoy()

/**
 * Throws `sessions/wrong-credentials` and `sessions/too-many-failures`; which part was wrong is never said. With single
 * sign-on enforced only the owner gets in: `sessions/sso-enforced`. Whoever has a second step, or needs one, has no
 * session before it is done.
 */
export async function signIn(ctx: InstallationContext, input: SignInInput): Promise<SignedIn> {
  const loginKey = nameKey(input.email.trim())
  const candidates = await peopleCalled(ctx, loginKey)
  const accounts = candidates.length === 0 ? [unknownSubject(loginKey)] : candidates.map(accountSubject)
  const tried = await countSignInTry(ctx, { accounts })
  const matching = await thoseWithPassword(candidates, { password: input.password, tried }).catch(
    async (error: unknown) => {
      await takeTryBack(ctx, tried)
      throw error
    },
  )
  const chosen = input.organizationId
    ? matching.filter(candidate => candidate.orgId === input.organizationId)
    : matching
  const [first, second] = chosen
  if (first === undefined) throw tried.closed.size > 0 ? tooManyFailures() : wrongCredentials()
  await forgetFailures(ctx, { tried, accounts: matching.map(accountSubject) })
  if (second !== undefined)
    return {
      kind: 'choose',
      organizations: chosen.map(({ organization: { id, name } }) => ({ id, name })),
    }
  return open(ctx.within(first.orgId), first)
}

async function peopleCalled(ctx: InstallationContext, loginKey: string): Promise<Candidate[]> {
  return ctx.installation.credential.findMany({
    where: { loginKey },
    take: 10,
    include: {
      organization: {
        select: {
          id: true,
          name: true,
          key: true,
          plan: true,
          entitlements: true,
          requireTwoStep: true,
          ssoConnection: { select: { status: true } },
        },
      },
      user: { select: { status: true, role: true, displayName: true } },
    },
  })
}

async function thoseWithPassword(
  candidates: readonly Candidate[],
  { password, tried }: { password: string; tried: SignInTry },
): Promise<Candidate[]> {
  if (candidates.length === 0) await verifyPassword(await decoy(), password)
  const matching: Candidate[] = []
  for (const candidate of candidates) {
    if (tried.closed.has(accountSubject(candidate).subject)) continue
    const right = await verifyPassword(candidate.passwordHash, password)
    if (right && isActive(candidate.user.status as UserStatus)) matching.push(candidate)
  }
  return matching
}

async function open(ctx: Context, person: Candidate): Promise<SignedIn> {
  const role = person.user.role as Role
  if (!passwordIsTaken(role, person.organization)) throw ssoEnforced()
  const step = await beginSignInStep(ctx, { ...person, role })
  if (step !== null) return { kind: 'second-step', step }
  const opened = await openSession(ctx, {
    person: { userId: person.userId, name: person.user.displayName, role },
    via: 'password',
  })
  return { kind: 'signed-in', ...opened }
}

function wrongCredentials(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'sessions/wrong-credentials',
    message: 'E-mail or password is not right. Check both and try again.',
  })
}
