// Everything of an organization that ends soon, or has ended without a successor.
import type { Sql } from '#server/domain/context.ts'
import { storedCertificate } from '#server/domain/sso/read-certificate.ts'
import { readCertificates } from './read-certificates.sql.ts'
import { mostSubjects, readSubjects } from './notices.sql.ts'
import { spanOf, type Subject } from './rules/expiry.ts'

export interface FoundSubjects {
  readonly subjects: readonly Subject[]
  /** Whether these are all of them. */
  readonly complete: boolean
}

/** Of certificates only the one that lasts longest counts: a second one is how a change-over begins. */
export async function findSubjects(sql: Sql, now: Date): Promise<FoundSubjects> {
  const span = spanOf(now)
  const subjects = await readSubjects(sql, { ...span, now })
  const [last] = (await readCertificates(sql))
    .map(storedCertificate)
    .sort((one, other) => other.validTo.getTime() - one.validTo.getTime())
  const complete = subjects.length < mostSubjects
  if (last === undefined || last.validTo > span.to || last.validTo < span.from) return { subjects, complete }
  const certificate: Subject = {
    kind: 'certificate',
    id: last.fingerprint,
    name: last.subject,
    createdAt: last.validFrom,
    expiresAt: last.validTo,
    audienceId: null,
  }
  return { subjects: [...subjects, certificate], complete }
}
