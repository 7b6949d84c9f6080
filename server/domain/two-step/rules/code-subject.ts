// Under which name tries of codes are counted.

export function codeSubject({ orgId, userId }: { orgId: string; userId: string }): string {
  return `code:${orgId}:${userId}`
}
