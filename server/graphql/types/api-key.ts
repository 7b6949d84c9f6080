// API keys: bearer tokens of automation clients.
import type { ApiKeyScope as Scope } from '#server/domain/actor.ts'
import { tokenState } from '#server/domain/scim-tokens/rules/token.ts'
import { builder } from '../builder.ts'
import { uuidOrNobody } from '../ids.ts'
import { ApiKeyScope, ApiKeyState } from './enums.ts'
import { Organization } from './organization.ts'

export const ApiKey = builder.prismaNode('ApiKey', {
  nullable: true,
  description: 'A bearer token with which an automation client uses this API.',
  authScopes: { may: 'api-keys:write', operator: true },
  id: { resolve: key => key.id },
  findUnique: (id, { call }) => ({ orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(id) } }),
  fields: t => ({
    name: t.exposeString('name', { description: 'What people call it.' }),
    prefix: t.exposeString('prefix', { description: 'The first twelve characters of the secret.' }),
    suffix: t.exposeString('suffix', { description: 'The last four characters of the secret.' }),
    scopes: t.field({
      type: [ApiKeyScope],
      description: 'What it may do.',
      resolve: key => key.scopes as Scope[],
    }),
    state: t.field({
      type: ApiKeyState,
      description: 'Whether it works now.',
      resolve: (key, _args, { call }) => {
        const state = tokenState(key, { now: call.installation.clock.now(), scimOn: true })
        return state === 'suspended' ? 'active' : state
      },
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    createdByName: t.exposeString('createdByName', {
      description: 'Who made it; it ends with their right to.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends by itself; null for never.',
    }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was ended by hand; null when it was not.',
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
  }),
})

builder.prismaObjectFields(Organization, t => ({
  apiKeys: t.prismaField({
    type: [ApiKey],
    description: 'The latest 100 API keys, newest first; ended ones stay listed.',
    authScopes: { may: 'api-keys:write' },
    resolve: (query, organization, _args, { call }) =>
      call.org.db.apiKey.findMany({
        ...query,
        where: { orgId: organization.id },
        orderBy: { id: 'desc' },
        take: 100,
      }),
  }),
}))
