// Which colour a state of the life cycle has.

export const statusTone = {
  ACTIVE: 'success',
  PENDING: 'info',
  DEACTIVATED: 'neutral',
  DELETED: 'error',
} as const
