// Whom of the organization an assertion names.
import type { Db } from '#server/domain/context.ts'
import { findContact } from '#server/domain/organizations/find-contact.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import { isActive, type UserStatus } from '#server/domain/users/rules/user.ts'
import { deactivatedPerson, refusal, unknownPerson } from './rules/refusal.ts'

/** Who an identity provider says it is. */
export interface NamedSubject {
  readonly nameId: string
  readonly attributes: ReadonlyMap<string, readonly string[]>
}

export interface MatchedPerson {
  readonly userId: string
  readonly displayName: string
}

/**
 * By userName without case, else by externalId exactly, each time anew: an address that moves to someone else takes no
 * access along. Nobody is created. Throws `sso/missing-attribute`, `sso/unknown-person`, `sso/deactivated`.
 */
export async function matchPerson(
  { orgId, db }: { orgId: string; db: Db },
  { subject, matchAttribute }: { subject: NamedSubject; matchAttribute: string | null },
): Promise<MatchedPerson> {
  const value = valueOf(subject, matchAttribute)
  const present = { orgId, status: { not: 'deleted' } }
  const select = { id: true, status: true, displayName: true } as const
  const byName = await db.user.findFirst({ where: { ...present, userNameKey: nameKey(value) }, select })
  const found =
    byName === null
      ? await db.user.findMany({ where: { ...present, externalId: value }, select, take: 2 })
      : [byName]
  const [person, second] = found
  if (person === undefined || second !== undefined) throw unknownPerson(value, await findContact(db, orgId))
  if (!isActive(person.status as UserStatus)) throw deactivatedPerson(await findContact(db, orgId))
  return { userId: person.id, displayName: person.displayName }
}

function valueOf({ nameId, attributes }: NamedSubject, matchAttribute: string | null): string {
  if (matchAttribute === null) return nameId
  const [value, second] = attributes.get(matchAttribute) ?? []
  if (value === undefined || second !== undefined) throw refusal('missing-attribute')
  return value
}
