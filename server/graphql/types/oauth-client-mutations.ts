// Creating OAuth clients, changing over their secrets and keys, and ending them.
import { createOauthClient } from '#server/domain/oauth-clients/create-oauth-client.ts'
import { replaceOauthClientKeys } from '#server/domain/oauth-clients/replace-oauth-client-keys.ts'
import { revokeOauthClient } from '#server/domain/oauth-clients/revoke-oauth-client.ts'
import { revokeOauthClientSecret } from '#server/domain/oauth-clients/revoke-oauth-client-secret.ts'
import { rotateOauthClientSecret } from '#server/domain/oauth-clients/rotate-oauth-client-secret.ts'
import { builder } from '../builder.ts'
import { given } from '../given.ts'
import { uuidIn } from '../ids.ts'
import {
  ConflictProblem,
  declared,
  FeatureNotInPlanProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
} from '../problems.ts'
import { resultOf } from '../result.ts'
import {
  OauthClient,
  OauthClientAuthentication,
  SecretLifetimeEnum,
  SecretOverlapEnum,
} from './oauth-client.ts'

interface Answer {
  readonly clientId: string
  readonly secret?: string | null
}

/** A payload with the client as it is now, and with its new secret where there may be one. */
function payloadOf(name: string, secret?: string) {
  return builder.objectRef<Answer>(name).implement({
    description: 'The client as it is now.',
    authScopes: { anyone: true },
    fields: t => ({
      client: t.prismaField({
        type: OauthClient,
        description: 'The client as lists show it.',
        resolve: (query, { clientId }, _args, { call }) => {
          const key = { orgId_id: { orgId: call.org.orgId, id: clientId } }
          return call.org.db.oauthClient.findUniqueOrThrow({ ...query, where: key })
        },
      }),
      ...(secret === undefined
        ? {}
        : {
            secret: t.string({
              nullable: true,
              description: secret,
              resolve: answer => answer.secret ?? null,
            }),
          }),
    }),
  })
}

const pasted = 'Public keys as JWK, JWK set or PEM, for a client that signs. Never private ones.'
const published =
  'Instead of pasted keys: the https address where the identity provider publishes its JWK set.'

const CreateOauthClientInput = builder.inputType('CreateOauthClientInput', {
  description: 'Name and proof of the new client.',
  fields: t => ({
    name: t.string({ required: true, description: 'What people will call it, 1 to 60 characters.' }),
    authentication: t.field({
      type: OauthClientAuthentication,
      required: true,
      description: 'How it will prove who it is.',
    }),
    secretExpiresIn: t.field({ type: SecretLifetimeEnum, description: 'How long its first secret is good.' }),
    accessTokenMinutes: t.int({ description: 'Minutes that an access token lives: 60 to 360, else 60.' }),
    publicKeys: t.string({ description: pasted }),
    jwksUri: t.string({ description: published }),
  }),
})

builder.mutationField('createOauthClient', t =>
  t.field({
    type: payloadOf(
      'CreateOauthClientPayload',
      'The client secret, shown here and never again; null for a client that signs.',
    ),
    description: 'Makes an OAuth client for the identity provider.',
    authScopes: { may: 'tokens:write' },
    args: { input: t.arg({ type: CreateOauthClientInput, required: true, description: 'The new client.' }) },
    errors: resultOf('CreateOauthClient', [
      ForbiddenProblem,
      FeatureNotInPlanProblem,
      InvalidInputProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) => declared(() => createOauthClient(call.org, given(input))),
  }),
)

const RotateOauthClientSecretInput = builder.inputType('RotateOauthClientSecretInput', {
  description: 'Which client gets a second secret, and when the first one ends.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the client.' }),
    expiresIn: t.field({ type: SecretLifetimeEnum, description: 'How long the new secret is good.' }),
    oldEnds: t.field({ type: SecretOverlapEnum, required: true, description: 'When the old secret ends.' }),
  }),
})

builder.mutationField('rotateOauthClientSecret', t =>
  t.field({
    type: payloadOf(
      'RotateOauthClientSecretPayload',
      'The new secret, shown here and never again; never null.',
    ),
    description: 'Makes a second secret, so that the identity provider can change over without a gap.',
    authScopes: { may: 'tokens:write' },
    args: {
      input: t.arg({
        type: RotateOauthClientSecretInput,
        required: true,
        description: 'Which client, and how.',
      }),
    },
    errors: resultOf('RotateOauthClientSecret', [ForbiddenProblem, NotFoundProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const clientId = uuidIn('OauthClient', input.id)
        return { clientId, ...(await rotateOauthClientSecret(call.org, { ...given(input), clientId })) }
      }),
  }),
)

const RevokeOauthClientSecretInput = builder.inputType('RevokeOauthClientSecretInput', {
  description: 'Which secret ends.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the secret.' }) }),
})

builder.mutationField('revokeOauthClientSecret', t =>
  t.field({
    type: payloadOf('RevokeOauthClientSecretPayload'),
    description: 'Ends a secret and the access tokens it was shown for, at once.',
    authScopes: { may: 'tokens:write' },
    args: {
      input: t.arg({ type: RevokeOauthClientSecretInput, required: true, description: 'Which secret ends.' }),
    },
    errors: resultOf('RevokeOauthClientSecret', [ForbiddenProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(() => revokeOauthClientSecret(call.org, { secretId: uuidIn('OauthClientSecret', input.id) })),
  }),
)

const ReplaceOauthClientKeysInput = builder.inputType('ReplaceOauthClientKeysInput', {
  description: 'Which client, and where its keys are from now on.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the client.' }),
    publicKeys: t.string({ description: pasted }),
    jwksUri: t.string({ description: published }),
  }),
})

builder.mutationField('replaceOauthClientKeys', t =>
  t.field({
    type: payloadOf('ReplaceOauthClientKeysPayload'),
    description: 'Replaces the public keys of a client; access tokens of keys that are gone end at once.',
    authScopes: { may: 'tokens:write' },
    args: {
      input: t.arg({ type: ReplaceOauthClientKeysInput, required: true, description: 'The new keys.' }),
    },
    errors: resultOf('ReplaceOauthClientKeys', [
      ForbiddenProblem,
      NotFoundProblem,
      InvalidInputProblem,
      ConflictProblem,
    ]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const clientId = uuidIn('OauthClient', input.id)
        await replaceOauthClientKeys(call.org, { ...given(input), clientId })
        return { clientId }
      }),
  }),
)

const RevokeOauthClientInput = builder.inputType('RevokeOauthClientInput', {
  description: 'Which client ends.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the client.' }) }),
})

builder.mutationField('revokeOauthClient', t =>
  t.field({
    type: payloadOf('RevokeOauthClientPayload'),
    description: 'Ends a client, its secrets and its access tokens at once. People keep their access.',
    authScopes: { may: 'tokens:write' },
    args: {
      input: t.arg({ type: RevokeOauthClientInput, required: true, description: 'Which client ends.' }),
    },
    errors: resultOf('RevokeOauthClient', [ForbiddenProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const clientId = uuidIn('OauthClient', input.id)
        await revokeOauthClient(call.org, { clientId })
        return { clientId }
      }),
  }),
)
