// An admin wants to see whether the saved details work: a ticket that opens one round trip in a browser.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { transact } from '#server/domain/transact.ts'
import { requestLife } from './begin-sign-in.ts'
import { hashOf, newSecret } from './one-time-secret.ts'
import { ownConnection } from './own-connection.ts'

export interface SsoTestStarted {
  /** Opens the test once, for ten minutes. */
  readonly ticket: string
  readonly expiresAt: Date
}

/** Throws `sso/none`, `organizations/not-in-plan`, `actor/not-permitted`. */
export async function startSsoTest(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<SsoTestStarted> {
  demand(ctx.actor, 'sso:write')
  const ticket = newSecret()
  const expiresAt = new Date(ctx.clock.now().getTime() + requestLife)
  await transact(ctx, async tx => {
    const { revision } = await ownConnection(tx)
    demandEntitlement(await tx.db.organization.findUniqueOrThrow({ where: { id: tx.orgId } }), 'sso')
    // Until the ticket is used no answer can name this request: its hash is that of no id.
    await tx.db.samlRequest.create({
      data: {
        orgId: tx.orgId,
        hash: hashOf(ticket),
        purpose: 'test',
        revision,
        returnPath: '/',
        startedByName: tx.actor.name,
        expiresAt,
      },
    })
    tx.note({ action: 'sso.test' })
  })
  return { ticket, expiresAt }
}
