// npm start -- --demo: an organization of 5,000 people with a year of provisioning behind it.
import { randomInt } from 'node:crypto'
import { apiKeyScopes, type Actor, type PersonActor } from '#server/domain/actor.ts'
import { createApiKey } from '#server/domain/api-keys/create-api-key.ts'
import { revokeApiKey } from '#server/domain/api-keys/revoke-api-key.ts'
import type { Context, InstallationContext } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { revokeScimToken } from '#server/domain/scim-tokens/revoke-scim-token.ts'
import { hashPassword } from '#server/domain/sessions/hash-password.ts'
import { signOut } from '#server/domain/sessions/sign-out.ts'
import { startSession } from '#server/domain/sessions/start-session.ts'
import { makeDemo, ownerEmail, ownerName } from './demo-organization.ts'

export const demoName = 'Rollcall Demo'
const keyName = 'Demo key'
const tokenName = 'Demo token'

export interface DemoWorld {
  readonly contextFor: (orgId: string, actor: Actor) => Context
  readonly installationFor: (actor: Actor) => InstallationContext
}

const origin = { requestId: 'demo', ip: null, client: null }
const shell: Actor = { kind: 'system', name: 'Rollcall', origin }

/**
 * Makes or finds the organization and answers the text to print. Secrets can be shown only once, so every start
 * with --demo gives a new password, API key and SCIM token, and those of the start before end. Nothing else that
 * happened in the organization meanwhile is touched.
 */
export async function fillDemo(world: DemoWorld, publicUrl: string): Promise<string> {
  const ctx = world.installationFor(shell)
  const found = await ctx.installation.organization.findFirst({
    where: { name: demoName },
    orderBy: { id: 'asc' },
  })
  const orgId = found?.id ?? (await makeDemo(ctx, demoName))
  const owner = await ownerOf(world, orgId)
  const secrets = {
    password: await newPassword(owner),
    others: await addressesOf(owner),
    key: await newKey(owner),
    token: await newToken(owner),
  }
  await signOut(owner)
  return `
The demonstration organization "${demoName}" is ready.
  Console      ${publicUrl}
  Sign in      ${ownerEmail}
  Password     ${secrets.password}
  Group admin  ${secrets.others.groupAdmin} (same password)
  User         ${secrets.others.user} (same password)
  API key      ${secrets.key}
  GraphQL      ${publicUrl}/graphql
  SCIM base    ${publicUrl}/scim/v2/${orgId}
  SCIM token   ${secrets.token}
Each start with --demo makes a new password, key and token; those of the start before no longer work.
`
}

/** With a session for as long as this takes: keys and tokens are given to whoever has just proven who they are. */
async function ownerOf(world: DemoWorld, orgId: string): Promise<Context> {
  const ctx = world.contextFor(orgId, shell)
  const { id: userId } = await ctx.db.user.findFirstOrThrow({
    where: { orgId, role: 'owner', deletedAt: null },
  })
  const { hash: sessionHash } = await startSession(ctx, { userId })
  const person = { orgId, userId, name: ownerName, role: 'owner', sessionHash } as const
  const actor: PersonActor = { kind: 'person', ...person, origin }
  return world.contextFor(orgId, actor)
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

async function newPassword(owner: Context): Promise<string> {
  const group = (): string =>
    Array.from({ length: 5 }, () => letters.charAt(randomInt(letters.length))).join('')
  const password = Array.from({ length: 5 }, group).join('-')
  const { orgId, clock, db } = owner
  const passwordHash = await hashPassword(password)
  await db.credential.updateMany({ where: { orgId }, data: { passwordHash, changedAt: clock.now() } })
  return password
}

/** With which addresses a group admin and an ordinary user sign in. */
async function addressesOf({ orgId, db }: Context): Promise<{ groupAdmin: string; user: string }> {
  const rows = await db.credential.findMany({
    where: { orgId },
    orderBy: { userId: 'asc' },
    select: { loginKey: true, user: { select: { role: true } } },
  })
  const of = (role: string): string => rows.find(({ user }) => user.role === role)?.loginKey ?? 'none'
  return { groupAdmin: of('group_admin'), user: of('user') }
}

async function newKey(owner: Context): Promise<string> {
  const old = await owner.db.apiKey.findMany({
    where: { orgId: owner.orgId, name: keyName, revokedAt: null },
  })
  for (const { id } of old) await revokeApiKey(owner, { keyId: id })
  const { secret } = await createApiKey(owner, { name: keyName, scopes: apiKeyScopes })
  return secret
}

async function newToken(owner: Context): Promise<string> {
  const old = await owner.db.scimToken.findMany({
    where: { orgId: owner.orgId, name: tokenName, revokedAt: null },
  })
  for (const { id } of old) await revokeScimToken(owner, { tokenId: id })
  try {
    const { secret } = await issueScimToken(owner, { name: tokenName })
    return secret
  } catch (error) {
    if (error instanceof DomainError) return `none: ${error.message}`
    throw error
  }
}
