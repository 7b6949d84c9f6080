// The settings form: what was changed and whether it may be saved.
import type { ProvisioningSettings } from './use-provisioning.ts'

export interface SettingsForm {
  deletionGraceDays: number
  logRetentionDays: number
  userNameMustBeEmail: boolean
  patchAnswersNoContent: boolean
  strict: boolean
  acceptsGroups: boolean
  unknownMembers: UnknownMembers
}

type UnknownMembers = ProvisioningSettings['unknownMembers']

/** The most days the server takes. */
export const mostDays = { deletionGraceDays: 90, logRetentionDays: 730 } as const

/** Only what differs from what is stored. */
export function changedSettings(stored: SettingsForm, form: SettingsForm): Partial<SettingsForm> {
  const keys = Object.keys(form) as (keyof SettingsForm)[]
  return Object.fromEntries(keys.filter(key => stored[key] !== form[key]).map(key => [key, form[key]]))
}

/** The fields of a stored record that the form edits, without anything else it carries. */
export function formOf(stored: SettingsForm): SettingsForm {
  const { deletionGraceDays, logRetentionDays, userNameMustBeEmail, patchAnswersNoContent, strict } = stored
  const { acceptsGroups, unknownMembers } = stored
  const days = { deletionGraceDays, logRetentionDays }
  return { ...days, acceptsGroups, unknownMembers, userNameMustBeEmail, patchAnswersNoContent, strict }
}

/** Field name to the key of its message; empty when the form may be saved. */
export function checkSettings(form: SettingsForm): Partial<Record<keyof SettingsForm, string>> {
  const faults: Partial<Record<keyof SettingsForm, string>> = {}
  const isDays = (name: keyof typeof mostDays, least: number) =>
    Number.isInteger(form[name]) && form[name] >= least && form[name] <= mostDays[name]
  if (!isDays('deletionGraceDays', 0)) faults.deletionGraceDays = 'provisioning.settings.faults.grace'
  if (!isDays('logRetentionDays', 1)) faults.logRetentionDays = 'provisioning.settings.faults.retention'
  return faults
}
