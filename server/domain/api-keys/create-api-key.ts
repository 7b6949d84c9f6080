// Creates a key for an automation client; the secret is in this answer and nowhere else.
import { apiKeyScopes, demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput, type InvalidField } from '#server/domain/error.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact } from '#server/domain/transact.ts'
import { insertApiKey, type CreateApiKeyInput, type CreatedApiKey } from './insert-api-key.ts'

/** Makes the key. Throws `api-keys/bad-input` with a line per field, `actor/not-permitted`. */
export async function createApiKey(ctx: Context, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  if (ctx.actor.kind !== 'operator') demand(ctx.actor, 'api-keys:write')
  await demandRecentProof(ctx)
  check(input, ctx.clock.now())
  return transact(ctx, async tx => {
    const created = await insertApiKey(tx, input)
    tx.note({
      action: 'api_key.create',
      subjectKind: 'api_key',
      subjectId: created.keyId,
      after: { name: input.name.trim(), scopes: [...input.scopes] },
    })
    return created
  })
}

function check(input: CreateApiKeyInput, now: Date): void {
  const fields: InvalidField[] = []
  const length = input.name.trim().length
  if (length < 1 || length > 60)
    fields.push({ path: 'name', message: 'Give the key a name of 1 to 60 characters.' })
  if (input.scopes.length === 0) fields.push({ path: 'scopes', message: 'Choose at least one scope.' })
  if (input.scopes.some(scope => !apiKeyScopes.includes(scope))) {
    fields.push({ path: 'scopes', message: `Choose scopes from: ${apiKeyScopes.join(', ')}.` })
  }
  if (input.expiresAt && input.expiresAt <= now) {
    fields.push({ path: 'expiresAt', message: 'The expiry date is in the past. Choose a later one.' })
  }
  if (fields.length > 0) throw invalidInput('api-keys/bad-input', fields)
}
