// What an invitation answers: the link where nothing was mailed.

export interface SentLink {
  address: string
  /** Null when it went out by mail. */
  link: string | null
}

/** Those whose link somebody has to pass on. */
export function linksIn(sent: readonly SentLink[]): { address: string; link: string }[] {
  return sent.flatMap(({ address, link }) => (link === null ? [] : [{ address, link }]))
}
