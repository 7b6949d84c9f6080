// A world on the worker's database, and organizations in it: each test makes its own, so nothing needs cleaning.
import { randomUUID } from 'node:crypto'
import type { Actor, ApiKeyScope, Origin, OperatorActor, PersonActor, Role } from '#server/domain/actor.ts'
import { apiKeyScopes } from '#server/domain/actor.ts'
import { createApiKey } from '#server/domain/api-keys/create-api-key.ts'
import type { Clock, Context } from '#server/domain/context.ts'
import { createOrganization } from '#server/domain/organizations/create-organization.ts'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import type { Plan } from '#server/domain/organizations/rules/entitlements.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { hashSecret, parseSecret } from '#server/domain/secrets/secret.ts'
import { createVault, type Vault } from '#server/domain/secrets/vault.ts'
import { startSession } from '#server/domain/sessions/start-session.ts'
import { completeSetup } from '#server/domain/setup-links/complete-setup.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { provisionUser } from '#server/domain/users/provision-user.ts'
import { userNameOf } from '#server/domain/users/rules/user.ts'
import { buildWorld, type World } from '#server/world.ts'
import type { Resource } from '#server/scim/index.ts'
import { testDatabase } from './database.ts'

/** A world on the worker's database; with `clock`, time is the test's own; with null it has no master key. */
export async function makeWorld(
  options: { clock?: Clock; vault?: Vault | null; sendsMail?: boolean } = {},
): Promise<World> {
  return buildWorld(await testDatabase(), { vault: createVault([new Uint8Array(32).fill(7)]), ...options })
}

/** Where test requests come from. */
export const testOrigin: Origin = { requestId: 'test', ip: '192.0.2.1', client: 'test' }

export const operatorActor: OperatorActor = { kind: 'operator', name: 'Operator', origin: testOrigin }

/** Someone who is signed in to the console. */
export interface TestPerson {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly actor: PersonActor
  /** The value of the session cookie. */
  readonly cookie: string
  /** The organization as this person may use it. */
  readonly ctx: Context
}

export interface TestOrganization {
  readonly orgId: string
  readonly name: string
  readonly owner: TestPerson & { readonly password: string }
  readonly admin: TestPerson
  readonly scimToken: { readonly id: string; readonly secret: string }
  readonly apiKey: { readonly id: string; readonly secret: string }
  /** The organization as its identity provider's token may use it. */
  readonly scim: Context
}

export interface NewTestOrganization {
  readonly plan?: Plan
  /** Unlimited without it. */
  readonly seats?: number
  /** Whether SCIM is switched on; it is unless told otherwise. */
  readonly enforced?: boolean
  /** Scopes of the API key; all without it. */
  readonly scopes?: readonly ApiKeyScope[]
}

/** A fresh organization with an owner, an admin, a SCIM token and an API key, made by the real use cases. */
export async function newOrganization(
  world: World,
  wanted: NewTestOrganization = {},
): Promise<TestOrganization> {
  const mark = randomUUID().slice(0, 8)
  const name = `Organization ${mark}`
  const { orgId, owner } = await organizationWithOwner(world, { mark, name, seats: wanted.seats ?? null })
  const scimToken = await issueScimToken(owner.ctx, { name: `Okta ${mark}` })
  const apiKey = await createApiKey(owner.ctx, { name: `Key ${mark}`, scopes: wanted.scopes ?? apiKeyScopes })
  const scim = world.contextFor(orgId, {
    kind: 'scim-token',
    orgId,
    tokenId: scimToken.tokenId,
    exchangeId: world.clock.newId(),
    name: `Okta ${mark}`,
    origin: testOrigin,
  })
  const admin = await newColleague({ orgId, owner, scim, world }, { role: 'admin', name: `Admin ${mark}` })
  if (wanted.enforced === false) await enforceProvisioning(owner.ctx, { enforced: false })
  if (wanted.plan) await updateOrganization(world.contextFor(orgId, operatorActor), { plan: wanted.plan })
  return {
    orgId,
    name,
    owner,
    admin,
    scim,
    scimToken: { id: scimToken.tokenId, secret: scimToken.secret },
    apiKey: { id: apiKey.keyId, secret: apiKey.secret },
  }
}

const password = 'a long sentence for tests 42'

async function organizationWithOwner(
  world: World,
  what: { mark: string; name: string; seats: number | null },
): Promise<Pick<TestOrganization, 'orgId' | 'owner'>> {
  const { mark, name, seats } = what
  const installation = world.installationFor(operatorActor)
  const { orgId, setupSecret } = await createOrganization(installation, { name, requireSso: false, seats })
  const person = { name: `Owner ${mark}`, email: `owner-${mark}@example.com` }
  const done = await completeSetup(installation, {
    secret: setupSecret,
    organizationName: name,
    ownerName: person.name,
    email: person.email,
    password,
  })
  const actor: PersonActor = { ...done.actor, sessionHash: hashOf(done.session.secret), origin: testOrigin }
  const ctx = world.contextFor(orgId, actor)
  await enforceProvisioning(ctx, { enforced: true })
  const owner = { ...person, userId: actor.userId, actor, cookie: done.session.secret, ctx, password }
  return { orgId, owner }
}

/** An organization in which nobody is yet, as its owner and its identity provider may use it: in a tenth of the time. */
export async function newBareOrganization(world: World): Promise<{ owner: Context; scim: Context }> {
  const mark = randomUUID().slice(0, 8)
  const installation = world.installationFor(operatorActor)
  const { orgId } = await createOrganization(installation, { name: `Bare ${mark}`, requireSso: false })
  const asking = { orgId, origin: testOrigin }
  const owner: PersonActor = {
    ...asking,
    kind: 'person',
    userId: world.clock.newId(),
    role: 'owner',
    name: `Owner ${mark}`,
    sessionHash: new Uint8Array(32),
  }
  const ids = { tokenId: world.clock.newId(), exchangeId: world.clock.newId() }
  const token: Actor = { ...asking, ...ids, kind: 'scim-token', name: `Okta ${mark}` }
  return { owner: world.contextFor(orgId, owner), scim: world.contextFor(orgId, token) }
}

/** Another signed-in person of the organization. */
export async function newColleague(
  organization: Pick<TestOrganization, 'orgId' | 'owner' | 'scim'> & { readonly world: World },
  wanted: { role: Role; name?: string },
): Promise<TestPerson> {
  const { orgId, world } = organization
  const name = wanted.name ?? `Person ${randomUUID().slice(0, 8)}`
  const user = await newPerson(organization.scim, { displayName: name })
  const email = userNameOf(user.document)
  if (wanted.role !== 'user')
    await changeUserRole(organization.owner.ctx, { userId: user.id, role: wanted.role })
  const asked: Actor = { ...organization.owner.actor, userId: user.id, name, role: wanted.role }
  const session = await startSession(world.contextFor(orgId, asked), { userId: user.id })
  const actor: PersonActor = { ...asked, sessionHash: hashOf(session.secret) }
  return { userId: user.id, name, email, actor, cookie: session.secret, ctx: world.contextFor(orgId, actor) }
}

/** Time went on, and everybody of the organization has just proven again who they are. */
export async function proveAgain({ orgId, db, clock }: Context): Promise<void> {
  await db.session.updateMany({ where: { orgId }, data: { authAt: clock.now() } })
}

/** A person whom the identity provider made. `document` overrides attributes of the SCIM resource. */
export async function newPerson(
  scim: Context,
  document: Resource = {},
  wanted: { active?: boolean } = {},
): ReturnType<typeof provisionUser> {
  const userName = `${randomUUID().slice(0, 13)}@example.com`
  return provisionUser(scim, {
    document: { userName, emails: [{ value: userName, type: 'work', primary: true }], ...document },
    active: wanted.active ?? true,
    settings: provisioningSettings({}),
  })
}

function hashOf(text: string): Uint8Array {
  const secret = parseSecret(text)
  if (secret === null) throw new Error('The session has no well-formed secret.')
  return hashSecret(secret)
}

/** The id of a notice to the organization's owner and admins, as it stands in its table. */
export async function noticeOf({ orgId, owner }: Pick<TestOrganization, 'orgId' | 'owner'>): Promise<string> {
  const { clock, db } = owner.ctx
  const [id, subjectId] = [clock.newId(), clock.newId()]
  const about = { subjectKind: 'scim-token', subjectId, subjectName: 'Okta', threshold: 7 }
  const times = { noticedAt: clock.now(), expiresAt: clock.now() }
  await db.notice.create({ data: { orgId, id, ...about, ...times } })
  return id
}
