// Plays an identity provider's first calls against an organization's own base URL and says what went wrong where.
export type Probe = unknown
