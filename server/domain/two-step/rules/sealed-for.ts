// What a sealed secret is bound to, so that it opens for its person only.

export function sealedFor(whose: { orgId: string; userId: string }): { orgId: string; purpose: string } {
  return { orgId: whose.orgId, purpose: `two-step ${whose.userId}` }
}
