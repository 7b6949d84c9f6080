// The shape of a set-up guide, and the attributes that guides speak of.

export type GuideName =
  'entra' | 'okta' | 'onelogin' | 'jumpcloud' | 'google' | 'pingone' | 'pingfederate' | 'other'

export const groupUrn = 'urn:ietf:params:scim:schemas:extension:Calendly:2.0:User'
export const groupPath = `${groupUrn}:group`
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const workEmail = 'emails[type eq "work"].value'

/** A value that a step hands out; see guide-values.ts. */
export type GuideValue =
  | 'baseUrl'
  | 'urn'
  | 'groupPath'
  | 'attributeEditor'
  | 'externalName'
  | 'template'
  | 'usersPath'
  | 'groupsPath'
  | 'pingFilter'
  | 'authorization'
  | 'example'
  | 'probe'

export interface GuideStep {
  readonly key: string
  readonly copy?: readonly GuideValue[]
}

/** What becomes of a person here. */
export type Effect = 'deactivated' | 'deleted' | 'restored' | 'nothing'

export interface Guide {
  readonly name: GuideName
  readonly steps: readonly GuideStep[]
  /** The steps are ways to choose from, not one after the other. */
  readonly ways?: boolean
  /** There is something to know before one begins: `caution` and `cautionText` among its words. */
  readonly caution?: boolean
  /** Attribute at the provider, attribute here. */
  readonly attributes: readonly (readonly [string, string])[]
  /** What is done there, by the key of its words, and what follows here. */
  readonly ends: readonly (readonly [string, Effect])[]
}
