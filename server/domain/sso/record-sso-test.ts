// Writes down how a test ended; a passed one opens single sign-on for everyone.
import type { Actor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { refusal } from './rules/refusal.ts'

export type SsoTestOutcome =
  | { readonly passed: true; readonly message: string }
  | { readonly passed: false; readonly code: string; readonly message: string }

export interface RecordSsoTestInput {
  /** Of the connection when the test began. */
  readonly revision: number
  readonly startedByName: string | null
  readonly outcome: SsoTestOutcome
}

/** Throws `sso/stale-test` when the settings were changed meanwhile: then the test says nothing about them. */
export async function recordSsoTest(ctx: Context, input: RecordSsoTestInput): Promise<void> {
  const { outcome, revision, startedByName } = input
  const key = { orgId: ctx.orgId, revision }
  await transact({ ...ctx, actor: testerOf(ctx, startedByName) }, async tx => {
    const data = {
      testedAt: tx.clock.now(),
      testPassed: outcome.passed,
      testCode: outcome.passed ? null : outcome.code,
      testMessage: outcome.message,
      testedByName: startedByName,
    }
    const { count } = await tx.db.ssoConnection.updateMany({ where: key, data })
    if (count !== 1) throw refusal('stale-test')
    if (outcome.passed) {
      const waiting = { ...key, status: { in: ['draft', 'disabled'] } }
      await tx.db.ssoConnection.updateMany({ where: waiting, data: { status: 'tested' } })
    }
    tx.note({
      action: outcome.passed ? 'sso.test_passed' : 'sso.test_failed',
      after: outcome.passed
        ? { startedBy: startedByName }
        : { startedBy: startedByName, reason: outcome.code },
    })
  })
}

/** The answer comes in without a session; the log names whoever started the test. */
function testerOf({ actor }: Context, startedByName: string | null): Actor {
  if (startedByName === null || actor.kind === 'person') return actor
  const onBehalfOf = { kind: 'person' as const, id: null, name: startedByName }
  return { kind: 'system', name: 'Rollcall', origin: actor.origin, onBehalfOf }
}
