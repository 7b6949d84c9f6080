// Under which names failed sign-ins are counted, and how many each may have in fifteen minutes.

const limits = { account: 5, address: 20 } as const

export interface FailureSubject {
  readonly subject: string
  readonly limit: number
}

/** The account and, when known, the client address. */
export function failureSubjects(loginKey: string, ip: string | null): FailureSubject[] {
  const account = { subject: accountSubject(loginKey), limit: limits.account }
  return ip === null ? [account] : [account, { subject: `address:${ip}`, limit: limits.address }]
}

export function accountSubject(loginKey: string): string {
  return `account:${loginKey.slice(0, 280)}`
}
