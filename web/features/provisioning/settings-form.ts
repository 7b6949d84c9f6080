// The settings form: what was changed and whether it may be saved.

export interface SettingsForm {
  deletionGraceDays: number
  logRetentionDays: number
  userNameMustBeEmail: boolean
  patchAnswersNoContent: boolean
  strict: boolean
}

/** Only what differs from what is stored. */
export function changedSettings(stored: SettingsForm, form: SettingsForm): Partial<SettingsForm> {
  const keys = Object.keys(form) as (keyof SettingsForm)[]
  return Object.fromEntries(keys.filter(key => stored[key] !== form[key]).map(key => [key, form[key]]))
}

/** The fields of a stored record that the form edits, without anything else it carries. */
export function formOf(stored: SettingsForm): SettingsForm {
  const { deletionGraceDays, logRetentionDays, userNameMustBeEmail, patchAnswersNoContent, strict } = stored
  return { deletionGraceDays, logRetentionDays, userNameMustBeEmail, patchAnswersNoContent, strict }
}

/** Field name to the key of its message; empty when the form may be saved. */
export function checkSettings(form: SettingsForm): Partial<Record<keyof SettingsForm, string>> {
  const faults: Partial<Record<keyof SettingsForm, string>> = {}
  const isDays = (value: number, least: number) => Number.isInteger(value) && value >= least && value <= 3650
  if (!isDays(form.deletionGraceDays, 0)) faults.deletionGraceDays = 'provisioning.settings.faults.grace'
  if (!isDays(form.logRetentionDays, 1)) faults.logRetentionDays = 'provisioning.settings.faults.retention'
  return faults
}
