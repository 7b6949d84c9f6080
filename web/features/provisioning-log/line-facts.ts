// The facts above a line's request: who, from where, with which token.
import type { ExchangeDetail } from './line.ts'

export interface Fact {
  name: string
  value: string
  mono?: boolean
}

/** Only the facts that are known. */
export function lineFacts(
  exchange: ExchangeDetail | null,
  actorName: string,
  t: (key: string) => string,
): Fact[] {
  const client = [exchange?.client, exchange?.ip].filter(Boolean).join(' · ')
  const facts: [string, string | null | undefined, boolean?][] = [
    ['actor', actorName],
    ['client', client],
    ['token', exchange?.tokenName],
    ['scimType', exchange?.scimType, true],
    ['requestId', exchange?.requestId, true],
  ]
  return facts.flatMap(([key, value, mono]) =>
    value ? [{ name: t(`provisioning-log.facts.${key}`), value, ...(mono ? { mono } : {}) }] : [],
  )
}
