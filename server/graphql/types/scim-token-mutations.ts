// Issuing, rotating, revoking and testing SCIM tokens.
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { revokeScimToken } from '#server/domain/scim-tokens/revoke-scim-token.ts'
import { rotateScimToken } from '#server/domain/scim-tokens/rotate-scim-token.ts'
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
import { TokenLifetime, TokenOverlap } from './enums.ts'
import { ScimToken } from './scim-token.ts'

interface Issued {
  readonly tokenId: string
  readonly secret: string
}

const shownOnce = 'The bearer token. Shown here and never again.'

const IssueScimTokenInput = builder.inputType('IssueScimTokenInput', {
  description: 'Give either a lifetime or a date; one year when neither is given.',
  fields: t => ({
    name: t.string({ required: true, description: 'What people will call the token, 1 to 60 characters.' }),
    expiresIn: t.field({ type: TokenLifetime, description: 'How long the token lives.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When the token ends.' }),
  }),
})

const IssueScimTokenPayload = builder.objectRef<Issued>('IssueScimTokenPayload').implement({
  description: 'A new token.',
  authScopes: { anyone: true },
  fields: t => ({
    token: t.prismaField({
      type: ScimToken,
      description: 'The token as lists show it.',
      resolve: (query, { tokenId }, _args, { call }) =>
        call.org.db.scimToken.findUniqueOrThrow({ ...query, where: keyOf(call.org.orgId, tokenId) }),
    }),
    secret: t.exposeString('secret', { description: shownOnce }),
  }),
})

const tokenFailures = [ForbiddenProblem, FeatureNotInPlanProblem, InvalidInputProblem, ConflictProblem]

builder.mutationField('issueScimToken', t =>
  t.field({
    type: IssueScimTokenPayload,
    description: 'Makes a bearer token for the identity provider. At most two are live at a time.',
    authScopes: { may: 'tokens:write' },
    args: { input: t.arg({ type: IssueScimTokenInput, required: true, description: 'Name and end.' }) },
    errors: resultOf('IssueScimToken', tokenFailures),
    resolve: (_root, { input }, { call }) => declared(() => issueScimToken(call.org, given(input))),
  }),
)

const RotateScimTokenInput = builder.inputType('RotateScimTokenInput', {
  description: 'Which token is replaced, by what, and when it ends.',
  fields: t => ({
    id: t.id({ required: true, description: 'Global id of the token to replace.' }),
    name: t.string({
      required: true,
      description: 'What people will call the new token, 1 to 60 characters.',
    }),
    expiresIn: t.field({ type: TokenLifetime, description: 'How long the new token lives.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'When the new token ends.' }),
    oldEnds: t.field({ type: TokenOverlap, required: true, description: 'When the old token ends.' }),
  }),
})

const RotateScimTokenPayload = builder
  .objectRef<Issued & { readonly oldTokenId: string }>('RotateScimTokenPayload')
  .implement({
    description: 'The new token and the one it replaces.',
    authScopes: { anyone: true },
    fields: t => ({
      token: t.prismaField({
        type: ScimToken,
        description: 'The new token.',
        resolve: (query, { tokenId }, _args, { call }) =>
          call.org.db.scimToken.findUniqueOrThrow({ ...query, where: keyOf(call.org.orgId, tokenId) }),
      }),
      oldToken: t.prismaField({
        type: ScimToken,
        description: 'The replaced token with its new end.',
        resolve: (query, { oldTokenId }, _args, { call }) =>
          call.org.db.scimToken.findUniqueOrThrow({ ...query, where: keyOf(call.org.orgId, oldTokenId) }),
      }),
      secret: t.exposeString('secret', { description: shownOnce }),
    }),
  })

builder.mutationField('rotateScimToken', t =>
  t.field({
    type: RotateScimTokenPayload,
    description:
      'Replaces a token without a gap: the new one works at once, the old one ends when you choose.',
    authScopes: { may: 'tokens:write' },
    args: {
      input: t.arg({ type: RotateScimTokenInput, required: true, description: 'What is replaced, and how.' }),
    },
    errors: resultOf('RotateScimToken', [...tokenFailures, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const oldTokenId = uuidIn('ScimToken', input.id)
        return { ...(await rotateScimToken(call.org, { ...given(input), tokenId: oldTokenId })), oldTokenId }
      }),
  }),
)

const RevokeScimTokenInput = builder.inputType('RevokeScimTokenInput', {
  description: 'Which token ends.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the token.' }) }),
})

const RevokeScimTokenPayload = builder
  .objectRef<{ readonly tokenId: string }>('RevokeScimTokenPayload')
  .implement({
    description: 'The token, ended.',
    authScopes: { anyone: true },
    fields: t => ({
      token: t.prismaField({
        type: ScimToken,
        description: 'The token as it is now.',
        resolve: (query, { tokenId }, _args, { call }) =>
          call.org.db.scimToken.findUniqueOrThrow({ ...query, where: keyOf(call.org.orgId, tokenId) }),
      }),
    }),
  })

builder.mutationField('revokeScimToken', t =>
  t.field({
    type: RevokeScimTokenPayload,
    description: 'Ends a token at once. People keep their access; revoking twice is the same as once.',
    authScopes: { may: 'tokens:write' },
    args: { input: t.arg({ type: RevokeScimTokenInput, required: true, description: 'Which token ends.' }) },
    errors: resultOf('RevokeScimToken', [ForbiddenProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const tokenId = uuidIn('ScimToken', input.id)
        await revokeScimToken(call.org, { tokenId })
        return { tokenId }
      }),
  }),
)

function keyOf(orgId: string, id: string) {
  return { orgId_id: { orgId, id } }
}
