// Creating and revoking API keys.
import { createApiKey } from '#server/domain/api-keys/create-api-key.ts'
import { revokeApiKey } from '#server/domain/api-keys/revoke-api-key.ts'
import type { Context } from '#server/domain/context.ts'
import { unknownOrganization } from '#server/domain/organizations/unknown-organization.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { uuidIn } from '../ids.ts'
import { declared, ForbiddenProblem, InvalidInputProblem, NotFoundProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { ApiKey } from './api-key.ts'
import { ApiKeyScope } from './enums.ts'

const CreateApiKeyInput = builder.inputType('CreateApiKeyInput', {
  description: 'Name, rights and end of the new key.',
  fields: t => ({
    organizationId: t.id({ description: 'For the operator: whose key it is. Everybody else leaves it out.' }),
    name: t.string({ required: true, description: 'What people will call the key, 1 to 60 characters.' }),
    scopes: t.field({ type: [ApiKeyScope], required: true, description: 'What it may do; at least one.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it ends by itself; never without it.' }),
  }),
})

interface KeyAnswer {
  readonly orgId: string
  readonly keyId: string
}

const CreateApiKeyPayload = builder
  .objectRef<KeyAnswer & { readonly secret: string }>('CreateApiKeyPayload')
  .implement({
    description: 'A new key.',
    authScopes: { anyone: true },
    fields: t => ({
      apiKey: t.prismaField({
        type: ApiKey,
        description: 'The key as lists show it.',
        resolve: (query, answer, _args, { call }) =>
          call.db.apiKey.findUniqueOrThrow({ ...query, where: keyOf(answer) }),
      }),
      secret: t.exposeString('secret', { description: 'The bearer token. Shown here and never again.' }),
    }),
  })

builder.mutationField('createApiKey', t =>
  t.field({
    type: CreateApiKeyPayload,
    description: 'Makes a key for an automation client. The operator may make one for any organization.',
    authScopes: { may: 'api-keys:write', operator: true },
    args: { input: t.arg({ type: CreateApiKeyInput, required: true, description: 'The new key.' }) },
    errors: resultOf('CreateApiKey', [ForbiddenProblem, InvalidInputProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const org = await placeOf(call, input.organizationId ?? null)
        const { name, scopes, expiresAt } = input
        const created = await createApiKey(org, { name, scopes, expiresAt: expiresAt ?? null })
        return { ...created, orgId: org.orgId }
      }),
  }),
)

/** The caller's own organization, or the one the operator names. Any other is unknown. */
async function placeOf(call: Call, organizationId: string | null): Promise<Context> {
  if (organizationId === null) return call.org
  const id = uuidIn('Organization', organizationId)
  if (call.orgId !== null && call.orgId !== id) throw unknownOrganization()
  if (call.orgId === id) return call.org
  const found = await call.db.organization.findUnique({ where: { id }, select: { id: true } })
  if (found === null) throw unknownOrganization()
  return call.installation.within(id)
}

const RevokeApiKeyInput = builder.inputType('RevokeApiKeyInput', {
  description: 'Which key ends.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the key.' }) }),
})

const RevokeApiKeyPayload = builder.objectRef<KeyAnswer>('RevokeApiKeyPayload').implement({
  description: 'The key, ended.',
  authScopes: { anyone: true },
  fields: t => ({
    apiKey: t.prismaField({
      type: ApiKey,
      description: 'The key as it is now.',
      resolve: (query, answer, _args, { call }) =>
        call.db.apiKey.findUniqueOrThrow({ ...query, where: keyOf(answer) }),
    }),
  }),
})

builder.mutationField('revokeApiKey', t =>
  t.field({
    type: RevokeApiKeyPayload,
    description: 'Ends a key at once; revoking twice is the same as once.',
    authScopes: { may: 'api-keys:write' },
    args: { input: t.arg({ type: RevokeApiKeyInput, required: true, description: 'Which key ends.' }) },
    errors: resultOf('RevokeApiKey', [ForbiddenProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const keyId = uuidIn('ApiKey', input.id)
        await revokeApiKey(call.org, { keyId })
        return { keyId, orgId: call.org.orgId }
      }),
  }),
)

function keyOf({ orgId, keyId }: KeyAnswer) {
  return { orgId_id: { orgId, id: keyId } }
}
