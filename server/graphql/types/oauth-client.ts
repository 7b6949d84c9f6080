// OAuth clients: identity providers that fetch short-lived access tokens with a secret or a signed assertion.
import { queryFromInfo } from '@pothos/plugin-prisma'
import { describeKey, storedKeys, type KeyDescription } from '#server/domain/oauth-clients/public-keys.ts'
import { oauthAddresses } from '#server/domain/oauth-clients/rules/addresses.ts'
import {
  clientState,
  type ClientAuthentication,
  type SecretLifetime,
  type SecretOverlap,
} from '#server/domain/oauth-clients/rules/client.ts'
import { tokenState } from '#server/domain/scim-tokens/rules/token.ts'
import { builder } from '../builder.ts'
import { uuidOrNobody } from '../ids.ts'
import { oauthClientPage } from '../oauth-client-page.ts'
import { enumOf, TokenState } from './enums.ts'
import { Organization } from './organization.ts'

export const OauthClientAuthentication = enumOf<ClientAuthentication, string>(
  'OauthClientAuthentication',
  'How an OAuth client proves who it is.',
  {
    CLIENT_SECRET: ['client_secret', 'With a secret, in the Authorization header or in the form.'],
    PRIVATE_KEY_JWT: ['private_key_jwt', 'With an assertion that it signs with its own private key.'],
  },
)

export const SecretLifetimeEnum = enumOf<SecretLifetime, string>(
  'SecretLifetime',
  'How long a new client secret is good.',
  {
    YEAR_1: ['1-year', '365 days; the choice when none is made.'],
    YEARS_2: ['2-years', '730 days.'],
    YEARS_3: ['3-years', '1,095 days.'],
  },
)

export const SecretOverlapEnum = enumOf<SecretOverlap, string>(
  'SecretOverlap',
  'When the old secret of a rotation ends.',
  {
    KEEP: ['keep', 'At its own end, or when you revoke it.'],
    DAYS_7: ['7-days', 'In 7 days.'],
    HOURS_24: ['24-hours', 'In 24 hours.'],
    NOW: ['now', 'At once.'],
  },
)

export const OauthClientSecret = builder.prismaNode('OauthClientSecret', {
  nullable: true,
  description: 'A secret of an OAuth client; two may be good at a time.',
  authScopes: { may: 'provisioning:read' },
  id: { resolve: secret => secret.id },
  findUnique: (id, { call }) => ({ orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(id) } }),
  fields: t => ({
    prefix: t.exposeString('prefix', { description: 'The first twelve characters of the secret.' }),
    suffix: t.exposeString('suffix', { description: 'The last four characters of the secret.' }),
    state: t.field({
      type: TokenState,
      description: 'Whether it is good now.',
      resolve: (secret, _args, { call }) => tokenState(secret, { now: call.org.clock.now(), scimOn: true }),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    createdByName: t.exposeString('createdByName', { description: 'Who made it.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends by itself.' }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was ended by hand; null when it was not.',
    }),
  }),
})

const OauthClientKey = builder.objectRef<KeyDescription>('OauthClientKey').implement({
  description: 'A public key with which assertions of a client are checked.',
  authScopes: { may: 'provisioning:read' },
  fields: t => ({
    kid: t.exposeString('kid', {
      nullable: true,
      description: 'The name it was pasted with; null for none.',
    }),
    kind: t.exposeString('kind', { description: 'Kind and size, for example RSA 2048 or P-256.' }),
    thumbprint: t.exposeString('thumbprint', {
      description: 'RFC 7638 thumbprint, SHA-256, to compare with the identity provider’s.',
    }),
  }),
})

export const OauthClient = builder.prismaNode('OauthClient', {
  nullable: true,
  description: 'An identity provider that fetches short-lived access tokens for SCIM.',
  authScopes: { may: 'provisioning:read' },
  id: { resolve: client => client.id },
  findUnique: (id, { call }) => ({ orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(id) } }),
  fields: t => ({
    name: t.exposeString('name', { description: 'What people call it, for example "Entra ID".' }),
    clientId: t.exposeString('id', { description: 'What the identity provider asks for as client id.' }),
    tokenUrl: t.string({
      description: 'What the identity provider asks for as token endpoint or token URL.',
      select: { orgId: true },
      resolve: ({ orgId }, _args, { call }) => oauthAddresses(call.settings.publicUrl, orgId).tokenUrl,
    }),
    authentication: t.field({
      type: OauthClientAuthentication,
      description: 'How it proves who it is.',
      select: { authentication: true },
      resolve: client => client.authentication as ClientAuthentication,
    }),
    state: t.field({
      type: TokenState,
      description:
        'Whether it can fetch access tokens now; with secrets, that of the one that lasts longest.',
      select: {
        authentication: true,
        revokedAt: true,
        secrets: true,
        organization: { select: { scimEnforced: true } },
      },
      resolve: (client, _args, { call }) =>
        clientState(client, { now: call.org.clock.now(), scimOn: client.organization.scimEnforced }),
    }),
    accessTokenMinutes: t.exposeInt('accessTokenMinutes', {
      description: 'Minutes that an access token lives.',
    }),
    secrets: t.relation('secrets', {
      query: { orderBy: { id: 'desc' }, take: 20 },
      description: 'Its latest 20 secrets, newest first; ended ones stay listed.',
    }),
    keys: t.field({
      type: [OauthClientKey],
      description: 'Its pasted public keys; none when it has a secret, or when they are published.',
      select: { publicKeys: true },
      resolve: ({ publicKeys }) => Promise.all(storedKeys(publicKeys).map(describeKey)),
    }),
    jwksUri: t.exposeString('jwksUri', {
      nullable: true,
      description: 'Where its keys are published; null when they were pasted, or when it has a secret.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    createdByName: t.exposeString('createdByName', { description: 'Who created it.' }),
    revokedAt: t.expose('revokedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was ended by hand; null when it was not.',
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last called SCIM, up to five minutes behind; null before the first time.',
    }),
    lastUsedIp: t.exposeString('lastUsedIp', {
      nullable: true,
      description: 'Where the latest call came from; null before the first.',
    }),
    lastUsedClient: t.exposeString('lastUsedClient', {
      nullable: true,
      description: 'What the latest caller called itself; null before the first, or when it said nothing.',
    }),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  oauthClients: t.connection(
    {
      type: OauthClient,
      description: 'The OAuth clients of the identity provider, newest first; revoked ones stay listed.',
      authScopes: { may: 'provisioning:read' },
      resolve: (_organization, args, context, info) => {
        const asked = { context, info, typeName: 'OauthClient', paths: [['nodes'], ['edges', 'node']] }
        const query = queryFromInfo(asked) as object
        const { org } = context.call
        return oauthClientPage(org, args, read => org.db.oauthClient.findMany({ ...query, ...read }))
      },
    },
    {
      description: 'A page of OAuth clients.',
      fields: page => ({
        totalCount: page.int({
          description: 'OAuth clients on all pages.',
          resolve: connection => connection.total(),
        }),
      }),
    },
    { description: 'An OAuth client with its place in the list.' },
  ),
}))
