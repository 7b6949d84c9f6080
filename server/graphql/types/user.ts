// A person of an organization.
import type { Prisma } from '#prisma/client.ts'
import type { Role } from '#server/domain/actor.ts'
import { looksLikeEmail } from '#server/domain/users/rules/normal-form.ts'
import {
  isActive,
  type User as DomainUser,
  type UserStatus as DomainStatus,
} from '#server/domain/users/rules/user.ts'
import { weakTag } from '#server/scim/index.ts'
import { batched } from '../batch.ts'
import { builder } from '../builder.ts'
import { uuidOrNobody } from '../ids.ts'
import { UserRole, UserStatus } from './enums.ts'

/** What the SCIM door's mapper needs of a row. */
const scimColumns = {
  id: true,
  status: true,
  role: true,
  document: true,
  version: true,
  revision: true,
  linkedAt: true,
  createdAt: true,
  lastModified: true,
  activatedAt: true,
  provisionedAt: true,
  deactivatedAt: true,
  deletedAt: true,
  purgeAt: true,
} as const satisfies Prisma.UserSelect

type ScimRow = Prisma.UserGetPayload<{ select: typeof scimColumns }>

function domainUser(row: ScimRow): DomainUser {
  return {
    ...row,
    status: row.status as DomainStatus,
    role: row.role as Role,
    document: row.document as DomainUser['document'],
  }
}

/** The resources of everybody on a page are made together. */
const loadResource = batched<DomainUser, unknown>(async (call, users) => {
  const resources = await call.settings.presentUsers(users, call.org.orgId)
  return new Map(users.map((user, index) => [user, resources[index]]))
})

/** People see themselves; others need the right to read people. */
export const User = builder.prismaNode('User', {
  nullable: true,
  description: 'A person of an organization.',
  authScopes: (user, { call }) =>
    call.actor.kind === 'person' && call.actor.userId === user.id ? true : { may: 'users:read' },
  select: { orgId: true, id: true },
  id: { resolve: user => user.id },
  findUnique: (id, { call }) => ({ orgId_id: { orgId: call.org.orgId, id: uuidOrNobody(id) } }),
  fields: t => ({
    scimId: t.exposeID('id', { description: 'The id that SCIM clients use.' }),
    userName: t.exposeString('userName', {
      description: 'What the identity provider calls the person; unique, letter case aside.',
    }),
    displayName: t.exposeString('displayName', { description: 'The name to show.' }),
    email: t.exposeString('email', {
      nullable: true,
      description: 'The primary e-mail address; null when none was sent.',
    }),
    givenName: t.exposeString('givenName', {
      nullable: true,
      description: 'First name; null when none was sent.',
    }),
    familyName: t.exposeString('familyName', {
      nullable: true,
      description: 'Last name; null when none was sent.',
    }),
    title: t.exposeString('title', { nullable: true, description: 'Job title; null when none was sent.' }),
    department: t.exposeString('department', {
      nullable: true,
      description: 'Department; null when none was sent.',
    }),
    externalId: t.exposeString('externalId', {
      nullable: true,
      description: "The identity provider's own id; null when it sent none.",
    }),
    identityProviderGroups: t.exposeStringList('identityProviderGroups', {
      description: 'Values of the group attribute, exactly as received.',
    }),
    status: t.field({
      type: UserStatus,
      description: 'Where the person stands in their life cycle.',
      select: { status: true },
      resolve: user => user.status as DomainStatus,
    }),
    active: t.boolean({
      description: 'What SCIM calls active: pending people are, too.',
      select: { status: true },
      resolve: user => isActive(user.status as DomainStatus),
    }),
    seat: t.boolean({
      description: 'Whether the person holds a seat.',
      select: { status: true },
      resolve: user => isActive(user.status as DomainStatus),
    }),
    role: t.field({
      type: UserRole,
      description: 'What the person may do in the console.',
      select: { role: true },
      resolve: user => user.role as Role,
    }),
    linked: t.boolean({
      description: 'Whether an identity provider has created or matched the person.',
      select: { linkedAt: true },
      resolve: user => user.linkedAt !== null,
    }),
    userNameIsEmail: t.boolean({
      description:
        'False when the user name is no e-mail address, so that mail and sign-in may not reach the person.',
      select: { userName: true },
      resolve: user => looksLikeEmail(user.userName),
    }),
    version: t.string({
      description: 'The ETag that SCIM answers, for example W/"3".',
      select: { version: true },
      resolve: user => weakTag(user.version),
    }),
    scim: t.field({
      type: 'JSON',
      description: 'The SCIM resource exactly as the identity provider reads it.',
      select: scimColumns,
      resolve: (row, _args, { call }) => loadResource(call, domainUser(row)),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the person came to be here.' }),
    lastModified: t.expose('lastModified', {
      type: 'DateTime',
      description: 'When what SCIM shows last changed.',
    }),
    provisionedAt: t.expose('provisionedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When an identity provider last changed the person; null when none ever did.',
    }),
    activatedAt: t.expose('activatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The first sign-in; null before it.',
    }),
    lastSignInAt: t.expose('lastSignInAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The latest sign-in; null before the first.',
    }),
    deactivatedAt: t.expose('deactivatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when the person may not sign in; null when they may.',
    }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the person was deleted; null for everybody else.',
    }),
    purgeAt: t.expose('purgeAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When all data of a deleted person goes for good; null for everybody else.',
    }),
  }),
})
