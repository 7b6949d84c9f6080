// Someone who is signed in proves again that it is them, before they do what is sensitive.
import type { InstallationContext } from '#server/domain/context.ts'
import { DomainError, invalidInput } from '#server/domain/error.ts'
import { transact } from '#server/domain/transact.ts'
import { hasTwoStep } from '#server/domain/two-step/has-two-step.ts'
import { proveSecondStep } from '#server/domain/two-step/prove-second-step.ts'
import { demandPassword } from './demand-password.ts'
import { demandPerson } from './demand-person.ts'
import { countSignInTry } from './count-sign-in-try.ts'
import { forgetFailures } from './forget-failures.ts'
import { verifyPassword } from './hash-password.ts'
import { accountSubject } from './rules/failure-subjects.ts'
import { takeTryBack } from './take-try-back.ts'

export interface ReauthenticateInput {
  readonly password: string
  /** Of the app, or a recovery code; needed with two-step sign-in. */
  readonly code?: string | null
}

/**
 * Good for five minutes, in this session only. Failures count with those of signing in. Throws `sessions/no-password`,
 * `sessions/wrong-password`, `sessions/code-missing`, `sessions/too-many-failures`, `two-step/wrong-code`.
 */
export async function reauthenticate(ctx: InstallationContext, input: ReauthenticateInput): Promise<void> {
  const { orgId, userId, sessionHash } = demandPerson(ctx.actor)
  const own = ctx.within(orgId)
  const { passwordHash } = await demandPassword(own, { userId })
  const accounts = [accountSubject({ orgId, userId })]
  const tried = await countSignInTry(ctx, { accounts })
  const right = await verifyPassword(passwordHash, input.password).catch(async (error: unknown) => {
    await takeTryBack(ctx, tried)
    throw error
  })
  if (!right) throw wrongPassword()
  await forgetFailures(ctx, { tried, accounts })
  if (await hasTwoStep(own, { userId })) {
    if (!input.code) throw codeMissing()
    await proveSecondStep(ctx, { code: input.code })
  }
  await transact(own, async tx => {
    await tx.db.session.updateMany({
      where: { orgId, userId, hash: new Uint8Array(sessionHash) },
      data: { authAt: tx.clock.now() },
    })
    tx.note({ action: 'session.reauthenticate', subjectKind: 'user', subjectId: userId })
  })
}

function wrongPassword(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'sessions/wrong-password',
    message: 'The password is not right. Try again.',
  })
}

function codeMissing(): DomainError {
  const message = 'Enter the code that your app shows, or a recovery code.'
  return invalidInput('sessions/code-missing', [{ path: 'code', message }])
}
