// Which colour a state of single sign-on or of a certificate has.

/** Colour role per state of the connection. */
export const statusTone = {
  NOT_CONFIGURED: 'neutral',
  DRAFT: 'warning',
  TESTED: 'info',
  ENFORCED: 'success',
  DISABLED: 'neutral',
} as const

/** Colour role per state of a certificate. */
export const certificateTone = { VALID: 'success', EXPIRING: 'warning', EXPIRED: 'error' } as const
