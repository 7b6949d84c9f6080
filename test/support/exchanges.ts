// Exchanges for tests that need lines in the log without a SCIM conversation.
import type { Context } from '#server/domain/context.ts'
import type { NewExchange } from '#server/domain/provisioning-log/rules/exchange.ts'
import { writeExchanges } from '#server/domain/provisioning-log/write-exchanges.sql.ts'

/** A line as the SCIM door would write it; what a test is about is overridden. */
export function newExchange(ctx: Pick<Context, 'clock'>, overrides: Partial<NewExchange> = {}): NewExchange {
  return {
    id: ctx.clock.newId(),
    occurredAt: ctx.clock.now(),
    token: null,
    method: 'GET',
    path: '/Users',
    query: null,
    status: 200,
    scimType: null,
    durationMs: 5,
    identityProvider: 'okta',
    client: 'Okta SCIM Client 1.0.0',
    ip: '192.0.2.9',
    userId: null,
    summary: 'Read /Users',
    requestHeaders: '{"accept":"application/scim+json"}',
    requestBody: null,
    responseBody: '{"totalResults":0}',
    changes: null,
    quirks: [],
    changedNothing: false,
    ...overrides,
  }
}

/** Writes lines and tells who follows the log. */
export async function writeLines(ctx: Context, lines: readonly Partial<NewExchange>[]): Promise<void> {
  await writeExchanges(
    ctx.sql,
    lines.map(line => newExchange(ctx, line)),
  )
  ctx.ring()
}
