// What each set-up guide consists of: its steps, the values to copy and the attribute table.

export const groupUrn = 'urn:ietf:params:scim:schemas:extension:Calendly:2.0:User'
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

export type GuideName = 'entra' | 'okta' | 'onelogin' | 'other'
/** A value that a step hands out. */
export type GuideValue = 'baseUrl' | 'urn' | 'groupPath' | 'template'

export interface GuideStep {
  key: string
  copy?: GuideValue
}
export interface Guide {
  name: GuideName
  steps: GuideStep[]
  /** Attribute at the provider, attribute here. */
  attributes: [string, string][]
}

const groupPath = `${groupUrn}:group`

/** The JSON template OneLogin asks for; its macros are filled in by OneLogin. */
export const oneLoginTemplate = JSON.stringify(
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise, groupUrn],
    userName: '{$parameters.scimusername}',
    name: { givenName: '{$user.firstname}', familyName: '{$user.lastname}' },
    displayName: '{$user.display_name}',
    emails: [{ value: '{$user.email}', type: 'work', primary: true }],
    title: '{$user.title}',
    [enterprise]: { department: '{$user.department}' },
    [groupUrn]: { group: '{$user.department}' },
  },
  null,
  2,
)

export const guides: Guide[] = [
  {
    name: 'entra',
    steps: [
      { key: 'app' },
      { key: 'connect', copy: 'baseUrl' },
      { key: 'token' },
      { key: 'mapping' },
      { key: 'group', copy: 'groupPath' },
      { key: 'assign' },
    ],
    attributes: [
      ['userPrincipalName', 'userName'],
      ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active'],
      ['objectId', 'externalId'],
      ['displayName', 'displayName'],
      ['givenName', 'name.givenName'],
      ['surname', 'name.familyName'],
      ['mail', 'emails[type eq "work"].value'],
      ['jobTitle', 'title'],
      ['department', `${enterprise}:department`],
      ['department', groupPath],
    ],
  },
  {
    name: 'okta',
    steps: [
      { key: 'app' },
      { key: 'connect', copy: 'baseUrl' },
      { key: 'token' },
      { key: 'actions' },
      { key: 'group', copy: 'urn' },
      { key: 'assign' },
    ],
    attributes: [
      ['login', 'userName'],
      ['firstName', 'name.givenName'],
      ['lastName', 'name.familyName'],
      ['displayName', 'displayName'],
      ['email', 'emails[type eq "work"].value'],
      ['title', 'title'],
      ['department', `${enterprise}:department`],
      ['department', groupPath],
    ],
  },
  {
    name: 'onelogin',
    steps: [
      { key: 'app' },
      { key: 'connect', copy: 'baseUrl' },
      { key: 'template', copy: 'template' },
      { key: 'token' },
      { key: 'enable' },
      { key: 'assign' },
    ],
    attributes: [
      ['Email', 'userName'],
      ['First name', 'name.givenName'],
      ['Last name', 'name.familyName'],
      ['Email', 'emails[type eq "work"].value'],
      ['Title', 'title'],
      ['Department', groupPath],
    ],
  },
  {
    name: 'other',
    steps: [
      { key: 'connect', copy: 'baseUrl' },
      { key: 'token' },
      { key: 'match' },
      { key: 'group', copy: 'groupPath' },
      { key: 'assign' },
    ],
    attributes: [
      ['E-mail or login name', 'userName'],
      ['Employee is active', 'active'],
      ['Stable id of the person', 'externalId'],
      ['First name', 'name.givenName'],
      ['Last name', 'name.familyName'],
      ['Work e-mail', 'emails[type eq "work"].value'],
      ['Job title', 'title'],
      ['Department', `${enterprise}:department`],
      ['Team or department', groupPath],
    ],
  },
]

/** The text behind a value that a step hands out. */
export function guideValue(value: GuideValue, baseUrl: string): string {
  return { baseUrl, urn: groupUrn, groupPath, template: oneLoginTemplate }[value]
}
