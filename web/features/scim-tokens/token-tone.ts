// Which colour the state of a token has.

/** Colour role per token state. */
export const tokenTone = {
  ACTIVE: 'success',
  EXPIRING: 'warning',
  EXPIRED: 'error',
  REVOKED: 'neutral',
  SUSPENDED: 'neutral',
} as const
