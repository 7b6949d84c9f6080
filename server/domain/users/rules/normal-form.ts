// Normal forms: two texts are the same name exactly when their normal forms are equal.
import { foldCase } from '#server/scim/index.ts'

/**
 * userName and e-mail for comparison: full-width letters narrowed, lower case, composed. RFC 7644 section 5 asks for
 * the PRECIS profile UsernameCaseMapped (RFC 8265); the SCIM engine compares names in the same form.
 */
export function nameKey(text: string): string {
  return foldCase(text)
}

/** Lower-case composed form for attributes whose `caseExact` is false (RFC 7643 section 2.2). */
export function caseKey(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

const mail = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/u

/** True for what can receive mail as far as its shape tells; 254 characters at most. */
export function looksLikeEmail(text: string): boolean {
  return text.length <= 254 && mail.test(text)
}
