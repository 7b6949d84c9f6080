// The bearer tokens of an organization's identity provider; their secrets are shown once, by the mutations.
import { daysLeft, tokenState } from '#server/domain/scim-tokens/rules/token.ts'
import { builder } from '../builder.ts'
import { uuidOrNobody } from '../ids.ts'
import { loadScimToken } from '../load.ts'
import { TokenState } from './enums.ts'
import { Organization } from './organization.ts'

export const ScimToken = builder.prismaNode('ScimToken', {
  nullable: true,
  description: 'A bearer token with which an identity provider calls SCIM.',
  authScopes: { may: 'provisioning:read' },
  id: { resolve: token => token.id },
  findUnique: (id, { call }) => ({ orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(id) } }),
  fields: t => ({
    name: t.exposeString('name', { description: 'What people call it, for example "Okta 2026".' }),
    prefix: t.exposeString('prefix', { description: 'The first twelve characters of the secret.' }),
    suffix: t.exposeString('suffix', { description: 'The last four characters of the secret.' }),
    state: t.field({
      type: TokenState,
      description: 'Whether the token opens the door now.',
      select: { organization: { select: { scimEnforced: true } } },
      resolve: (token, _args, { call }) =>
        tokenState(token, { now: call.org.clock.now(), scimOn: token.organization.scimEnforced }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was issued.' }),
    createdByName: t.exposeString('createdByName', { description: 'Who issued it.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends by itself; null for never.',
    }),
    daysLeft: t.int({
      nullable: true,
      description: 'Whole days until it ends by itself; null for never.',
      resolve: (token, _args, { call }) => daysLeft(token, call.org.clock.now()),
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was ended by hand; null when it was not.',
    }),
    endsOnFirstUse: t.exposeBoolean('endsOnFirstUse', {
      description: 'Whether it ends when the token that replaces it is first used.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The latest use, up to five minutes behind; null before the first.',
    }),
    lastUsedIp: t.exposeString('lastUsedIp', {
      nullable: true,
      description: 'Where the latest use came from; null before the first.',
    }),
    lastUsedClient: t.exposeString('lastUsedClient', {
      nullable: true,
      description: 'What the latest user called itself; null before the first, or when it said nothing.',
    }),
  }),
})

builder.prismaObjectField(ScimToken, 'replacedBy', t =>
  t.prismaField({
    type: ScimToken,
    nullable: true,
    description: 'The token that takes over; null when this one was not rotated.',
    resolve: async (query, token, _args, { call }) =>
      token.replacedById === null ? null : ((await loadScimToken(call, token.replacedById, query)) ?? null),
  }),
)

builder.prismaObjectField(Organization, 'scimTokens', t =>
  t.prismaField({
    type: [ScimToken],
    description: 'The latest 50 tokens of the identity provider, newest first; ended ones stay listed.',
    authScopes: { may: 'provisioning:read' },
    resolve: (query, organization, _args, { call }) =>
      call.org.db.scimToken.findMany({
        ...query,
        where: { orgId: organization.id },
        orderBy: { id: 'desc' },
        take: 50,
      }),
  }),
)
