// What an identity provider did that no RFC predicts.
/** One departure from the RFC, told to the admin in the provisioning log. */
export interface Quirk {
  /** Stable id, such as `boolean-as-text`. */
  readonly id: string
  /** One sentence for people. */
  readonly sentence: string
}

/** A body in strict form and the departures that were put right. */
export interface Normalized {
  readonly body: unknown
  readonly quirks: readonly Quirk[]
}
