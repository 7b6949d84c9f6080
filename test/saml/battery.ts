// Every response of the attack plan, by its id: what it is, and how it has to end.
import { encoded } from '#test/support/saml-pen.ts'
import type { Case, Pens } from './attack.ts'
import { genuine, meant, unsigned } from './attacks-on-meaning.ts'
import { decoys, wrapped } from './attacks-on-shape.ts'
import { bombs, crypto, markup, raw } from './attacks-on-text.ts'

/** Every case with the response as a browser would bring it. */
export function battery(pens: Pens): Case[] {
  const rows = [...genuine, ...unsigned, ...wrapped, ...markup, ...crypto, ...bombs, ...decoys, ...meant]
  return [
    ...rows.map(([id, what, make, ends]) => ({ id, what, sent: encoded(make(pens)), ends })),
    ...raw.map(([id, what, sent, ends]) => ({ id, what, sent: sent(pens), ends })),
  ]
}
