// What a recovery code looks like, and what of it counts when someone types it.

const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789'
export const recoveryCodeCount = 10
/** 100 bits: 20 characters of 5 bits, in groups for the eye. */
export const recoveryCodeBytes = 20

/** `xxxxx-xxxxx-xxxxx-xxxxx` from random bytes. */
export function recoveryCodeText(random: Uint8Array): string {
  const letters = [...random.slice(0, recoveryCodeBytes)].map(byte => alphabet.charAt(byte & 31)).join('')
  return (letters.match(/.{5}/g) ?? []).join('-')
}

/** Without blanks and dashes, in small letters; the letters that look like digits are read as those. */
export function recoveryCodeKey(typed: string): string {
  return typed
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
}
