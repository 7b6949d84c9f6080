// What kind of matter a line of the activity log is about: the first part of its action decides.

export const activityCategories = [
  'sign-in',
  'single-sign-on',
  'provisioning',
  'mapping',
  'people',
  'groups',
  'managed-events',
  'organization',
] as const
export type ActivityCategory = (typeof activityCategories)[number]

const nounsOf: Record<ActivityCategory, readonly string[]> = {
  'sign-in': ['session', 'saml', 'two_step', 'password'],
  'single-sign-on': ['sso', 'recovery_codes'],
  provisioning: ['provisioning', 'scim_token', 'oauth_client', 'deviation'],
  mapping: ['group_mapping', 'group_mapping_preview', 'change_set', 'job'],
  people: ['user', 'users', 'invitation', 'invitations'],
  groups: ['group', 'groups'],
  'managed-events': ['managed_event'],
  organization: ['organization', 'setup', 'setup_link', 'api_key', 'activity'],
}

/** The first parts of the actions of some categories. */
export function nounsOfCategories(categories: readonly ActivityCategory[]): string[] {
  return categories.flatMap(category => nounsOf[category])
}

/** Actions of a newer version than ours are about the organization. */
export function categoryOf(action: string): ActivityCategory {
  const noun = action.split('.')[0] ?? ''
  return activityCategories.find(category => nounsOf[category].includes(noun)) ?? 'organization'
}
