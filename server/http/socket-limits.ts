// How much one socket, one caller and one organization may take.

/** Times in milliseconds, sizes in bytes. */
export interface SocketLimits {
  /** A socket that does not say who it is within this time is closed with 4408. */
  readonly initWithin: number
  /** Larger messages close the socket with 1009. */
  readonly largestMessage: number
  /** Operations at a time on one socket; further ones are answered with an error. */
  readonly operations: number
  /** Sockets of one session or key; further ones are closed with 4429. */
  readonly perCaller: number
  readonly perOrganization: number
  /** A socket whose reader falls further behind is closed with 4429. */
  readonly unsentBytes: number
  readonly pingEvery: number
  /** How often it is checked that callers still have access, whatever happens. */
  readonly recheckEvery: number
  /** How long nobody of an organization is checked again after a change in it. */
  readonly restAfterRing: number
}

export const socketLimits: SocketLimits = {
  initWithin: 3_000,
  largestMessage: 65_536,
  operations: 20,
  perCaller: 5,
  perOrganization: 200,
  unsentBytes: 2_097_152,
  pingEvery: 30_000,
  recheckEvery: 3_000,
  restAfterRing: 300,
}
