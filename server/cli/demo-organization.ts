// Makes the demonstration's organization: owner, settings, tokens, people and their year, or nothing of it.
import { createHash, randomBytes } from 'node:crypto'
import type { InstallationContext, Context } from '#server/domain/context.ts'
import { createOrganization } from '#server/domain/organizations/create-organization.ts'
import { deleteOrganization } from '#server/domain/organizations/delete-organization.ts'
import { writeExchanges } from '#server/domain/provisioning-log/write-exchanges.sql.ts'
import { completeSetup } from '#server/domain/setup-links/complete-setup.ts'
import type { User } from '#server/domain/users/rules/user.ts'
import { day, type DemoYear } from './demo-calendar.ts'
import { mailDomain } from './demo-company.ts'
import { makeDice, type Dice } from './demo-dice.ts'
import type { Caller } from './demo-exchanges.ts'
import { fillGroups } from './demo-groups.ts'
import { tellHistory, type Cast } from './demo-history.ts'
import { blocks, dateBack, loadFacts, loadPeople } from './demo-load.sql.ts'
import { graceDays, makePeople, type DemoPerson, type DemoStep } from './demo-people.ts'
import { fillTeams } from './demo-teams.ts'

export const ownerEmail = `owner@${mailDomain}`
export const ownerName = 'Ola Nordmann'
/** What it is called until everything is in it, so that an interrupted start begins anew. */
const unfinished = 'Rollcall Demo (being filled)'
const keptDays = 730
const exchangesInBlock = 500

/** Fills a new organization and answers its id. */
export async function makeDemo(ctx: InstallationContext, name: string): Promise<string> {
  await removeUnfinished(ctx)
  const until = ctx.clock.now()
  const from = new Date(Math.floor(until.getTime() / day) * day - 364 * day + 9 * 3_600_000)
  const year: DemoYear = { from, until }
  const made = await createOrganization(ctx, { name: unfinished, ownerEmail, requireSso: false })
  const password = randomBytes(30).toString('base64url')
  const setup = {
    secret: made.setupSecret,
    organizationName: unfinished,
    ownerName,
    email: ownerEmail,
    password,
  }
  const { actor } = await completeSetup(ctx, setup)
  const owner = ctx.within(made.orgId, actor)
  await settle(owner, year)
  await fill(owner, { year, dice: makeDice(20_251_121), ownerId: actor.userId })
  await fillTeams(owner)
  await owner.db.organization.update({ where: { id: owner.orgId }, data: { name } })
  return owner.orgId
}

async function removeUnfinished(ctx: InstallationContext): Promise<void> {
  const left = await ctx.installation.organization.findMany({
    where: { name: unfinished },
    select: { id: true },
  })
  for (const { id } of left) await deleteOrganization(ctx, { organizationId: id, confirmName: unfinished })
}

/** The organization is as old as its history. */
async function settle(owner: Context, year: DemoYear): Promise<void> {
  const { orgId, db } = owner
  const founded = new Date(year.from.getTime() - 2 * 3_600_000)
  const settings = {
    scimEnforced: true,
    scimEnforcedAt: year.from,
    createdAt: founded,
    logRetentionDays: keptDays,
  }
  await db.organization.update({ where: { id: orgId }, data: { ...settings, deletionGraceDays: graceDays } })
  await db.user.updateMany({
    where: { orgId },
    data: { createdAt: founded, lastModified: founded, activatedAt: founded },
  })
  await db.activity.updateMany({ where: { orgId }, data: { occurredAt: founded } })
  await dateBack(owner.sql, founded)
}

async function fill(owner: Context, what: { year: DemoYear; dice: Dice; ownerId: string }): Promise<void> {
  const { year, dice, ownerId } = what
  const people = makePeople(dice, year)
  const switchAt = new Date(year.from.getTime() + 205 * day)
  const cast: Cast = {
    owner: { kind: 'person', id: ownerId, name: ownerName },
    entra: await pastToken(owner, { name: 'Entra ID', from: year.from, until: switchAt, provider: 'entra' }),
    okta: await pastToken(owner, {
      name: 'Okta',
      from: new Date(switchAt.getTime() - 2 * day),
      until: new Date(year.until.getTime() + 20 * day),
      provider: 'okta',
    }),
    switchAt,
  }
  const history = tellHistory(dice, people, { cast, year })
  await loadPeople(owner.sql, people.flatMap(userOf))
  await loadFacts(owner.sql, history.facts)
  for (const block of blocks(history.exchanges, exchangesInBlock)) await writeExchanges(owner.sql, block)
  await fillGroups(owner)
}

interface PastToken {
  readonly name: string
  readonly provider: Caller['provider']
  readonly from: Date
  readonly until: Date
}

/** A token of the past whose secret nobody knows. */
async function pastToken(owner: Context, token: PastToken): Promise<Caller> {
  const id = owner.clock.newId()
  const over = token.until < owner.clock.now()
  const lastUsedAt = over ? token.until : owner.clock.now()
  const okta = token.provider === 'okta'
  const client = okta ? 'Okta SCIM Client 1.0.0' : null
  const ip = okta ? '198.51.100.24' : '203.0.113.61'
  await owner.db.scimToken.create({
    data: {
      orgId: owner.orgId,
      id,
      name: token.name,
      hash: new Uint8Array(createHash('sha256').update(randomBytes(32)).digest()),
      prefix: 'rc_scim_demo',
      suffix: '····',
      createdByName: ownerName,
      createdAt: token.from,
      expiresAt: token.until,
      expiryToldAt: over ? token.until : null,
      firstUsedAt: token.from,
      lastUsedAt,
      lastUsedIp: ip,
      lastUsedClient: client,
    },
  })
  return { provider: token.provider, token: { id, name: token.name }, client, ip }
}

/** The person as their steps left them; nobody when they were purged. */
function userOf(person: DemoPerson): User[] {
  const [first, last] = [person.steps[0], person.steps.at(-1)]
  if (first === undefined || last === undefined || last.kind === 'purged') return []
  const visible = person.steps.filter(step => step.kind !== 'activated')
  const touched = visible.at(-1)?.at ?? first.at
  return [
    {
      id: person.id,
      status: last.status,
      role: 'user',
      document: last.document,
      version: visible.length,
      revision: person.steps.length,
      linkedAt: first.at,
      createdAt: first.at,
      lastModified: touched,
      provisionedAt: touched,
      activatedAt: momentOf(person, 'activated'),
      ...endOf(person, last),
    },
  ]
}

function endOf(person: DemoPerson, last: DemoStep): Pick<User, 'deactivatedAt' | 'deletedAt' | 'purgeAt'> {
  const off = last.status === 'deactivated' || last.status === 'deleted'
  const deletedAt = momentOf(person, 'deleted')
  const purgeAt = deletedAt === null ? null : new Date(deletedAt.getTime() + graceDays * day)
  return { deactivatedAt: off ? momentOf(person, 'deactivated') : null, deletedAt, purgeAt }
}

function momentOf(person: DemoPerson, kind: DemoStep['kind']): Date | null {
  return person.steps.findLast(step => step.kind === kind)?.at ?? null
}
