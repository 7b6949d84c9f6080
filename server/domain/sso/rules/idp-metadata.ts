// What the metadata of an identity provider says; read by the SAML door, confirmed by an admin.

export interface IdpMetadata {
  readonly entityId: string
  readonly signInUrl: string
  /** One or two, base64 of DER. */
  readonly certificates: readonly string[]
  /** The identity provider takes signed questions only. */
  readonly wantsSignedRequests: boolean
}
