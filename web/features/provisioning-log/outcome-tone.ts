// The badge colour of a request's outcome.

export const outcomeTone = { SUCCEEDED: 'success', REFUSED: 'warning', FAILED: 'error' } as const
