// Under which names tries to sign in are counted, and how many each may have in fifteen minutes.

const limits = { account: 5, address: 20 } as const

export interface FailureSubject {
  readonly subject: string
  readonly limit: number
}

/** A person of one organization: who has the same address in another one is another account. */
export function accountSubject({ orgId, userId }: { orgId: string; userId: string }): FailureSubject {
  return { subject: `account:${orgId}:${userId}`, limit: limits.account }
}

/** What was typed where it names no account, so that unknown addresses are closed as known ones are. */
export function unknownSubject(loginKey: string): FailureSubject {
  return { subject: `unknown:${loginKey.slice(0, 280)}`, limit: limits.account }
}

/** Recovery codes, by what was typed: they are no passwords, and nobody is told whether an owner is called so. */
export function recoverySubject(loginKey: string): FailureSubject {
  return { subject: `recovery:${loginKey.slice(0, 280)}`, limit: limits.account }
}

/** The client address, when it is known. */
export function addressSubjects(ip: string | null): FailureSubject[] {
  return ip === null ? [] : [{ subject: `address:${ip}`, limit: limits.address }]
}
