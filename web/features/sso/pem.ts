// A certificate file as text: identity providers hand it out as PEM, as base64 or as bytes (DER).

const sequence = 0x30

/** The file's text; DER (it begins with a long ASN.1 sequence) becomes base64. */
export function pemOf(bytes: Uint8Array): string {
  const isDer = bytes[0] === sequence && bytes[1] === 0x82
  if (!isDer) return new TextDecoder().decode(bytes)
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
}
