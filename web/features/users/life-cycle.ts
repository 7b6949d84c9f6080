// The stations of a person's life here, in the order they happened.

export interface Station {
  key: string
  at: string
}

interface Dates {
  createdAt: string
  provisionedAt: string | null
  activatedAt: string | null
  lastSignInAt: string | null
  deactivatedAt: string | null
  deletedAt: string | null
  purgeAt: string | null
}

/** Only what happened or is planned, the oldest first. */
export function stationsOf(dates: Dates): Station[] {
  const stations: [string, string | null][] = [
    ['created', dates.createdAt],
    ['provisioned', dates.provisionedAt],
    ['activated', dates.activatedAt],
    ['lastSignIn', dates.lastSignInAt],
    ['deactivated', dates.deactivatedAt],
    ['deleted', dates.deletedAt],
    ['purge', dates.purgeAt],
  ]
  return stations
    .flatMap(([key, at]) => (at === null ? [] : [{ key, at }]))
    .sort((one, two) => Date.parse(one.at) - Date.parse(two.at))
}
