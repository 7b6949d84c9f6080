// The use cases that take the id of something that ends, or of what is told of it, for the contract between organizations.
import { revokeApiKey } from '#server/domain/api-keys/revoke-api-key.ts'
import type { Context } from '#server/domain/context.ts'
import { dismissNotice } from '#server/domain/notices/dismiss-notice.ts'
import { revokeScimToken } from '#server/domain/scim-tokens/revoke-scim-token.ts'
import { rotateScimToken } from '#server/domain/scim-tokens/rotate-scim-token.ts'

type UseCase = (ctx: { owner: Context }, id: string) => Promise<unknown>

export const ofTokens: Record<string, UseCase> = {
  revokeScimToken: ({ owner }, tokenId) => revokeScimToken(owner, { tokenId }),
  rotateScimToken: ({ owner }, tokenId) => rotateScimToken(owner, { tokenId, name: 'Next', oldEnds: 'now' }),
}
export const ofKeys: Record<string, UseCase> = {
  revokeApiKey: ({ owner }, keyId) => revokeApiKey(owner, { keyId }),
}
export const ofNotices: Record<string, UseCase> = {
  dismissNotice: ({ owner }, noticeId) => dismissNotice(owner, { noticeId }),
}
