// How an organization wants SCIM to behave; stored as JSON, read through these defaults.
import { isDeviation, type DeviationId } from '#server/scim/index.ts'

export interface ProvisioningSettings {
  /** Refuse what the standard does not foresee instead of tolerating it. */
  readonly strict: boolean
  /** Answer PATCH with 204 instead of 200 and the resource. */
  readonly patchAnswersNoContent: boolean
  /** Refuse a userName that is no e-mail address. */
  readonly userNameMustBeEmail: boolean
  /** Take groups from the identity provider; without it /Groups does not exist. */
  readonly acceptsGroups: boolean
  /** What happens to members of a group who are not provisioned yet. */
  readonly unknownMembers: UnknownMembers
  /** Departures from the standard that are refused although strict mode is off: ids of `server/scim/dialect`. */
  readonly refusedDeviations: readonly DeviationId[]
}

export const unknownMembersChoices = ['refuse', 'keep-waiting'] as const
export type UnknownMembers = (typeof unknownMembersChoices)[number]

const defaults: ProvisioningSettings = {
  strict: false,
  patchAnswersNoContent: false,
  userNameMustBeEmail: false,
  acceptsGroups: true,
  unknownMembers: 'refuse',
  refusedDeviations: [],
}

type Flag = {
  [Name in keyof ProvisioningSettings]: ProvisioningSettings[Name] extends boolean ? Name : never
}[keyof ProvisioningSettings]

/** Reads the stored JSON; anything missing or of another type has its default. */
export function provisioningSettings(stored: unknown): ProvisioningSettings {
  const known = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  const flag = (name: Flag) => {
    const value = known[name]
    return typeof value === 'boolean' ? value : defaults[name]
  }
  return {
    strict: flag('strict'),
    patchAnswersNoContent: flag('patchAnswersNoContent'),
    userNameMustBeEmail: flag('userNameMustBeEmail'),
    acceptsGroups: flag('acceptsGroups'),
    unknownMembers:
      unknownMembersChoices.find(each => each === known['unknownMembers']) ?? defaults.unknownMembers,
    refusedDeviations: knownDeviations(known['refusedDeviations']),
  }
}

/** Those of another version than ours are dropped. */
function knownDeviations(stored: unknown): readonly DeviationId[] {
  if (!Array.isArray(stored)) return defaults.refusedDeviations
  return stored.filter((id): id is DeviationId => typeof id === 'string' && isDeviation(id))
}
