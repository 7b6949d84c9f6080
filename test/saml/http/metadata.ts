// Reads our own metadata as an identity provider would.

/** The certificates for a use, base64 of DER, in the order of the document. */
export function certificatesIn(metadata: string, use: 'signing' | 'encryption'): string[] {
  const keys = metadata.matchAll(/<md:KeyDescriptor use="(\w+)">.*?<ds:X509Certificate>([^<]+)</gs)
  return [...keys].flatMap(([, for_, certificate = '']) => (for_ === use ? [certificate] : []))
}
