// The texts that a set-up guide hands out for copying.
import { enterprise, groupPath, groupUrn, type GuideValue } from './guide.ts'

const core = 'urn:ietf:params:scim:schemas:core:2.0:User'

/** Opens the portal with the list of attributes unlocked, which Entra ID keeps locked by default. */
const entraAttributeEditor =
  'https://portal.azure.com/?Microsoft_AAD_Connect_Provisioning_forceSchemaEditorEnabled=true'

/**
 * The JSON template OneLogin asks for; its macros are filled in by OneLogin. Title and department are parameters of the
 * connector, so that an admin chooses their fields without touching the template.
 */
const oneLoginTemplate = {
  schemas: [core, enterprise, groupUrn],
  userName: '{$parameters.scimusername}',
  name: { givenName: '{$user.firstname}', familyName: '{$user.lastname}' },
  displayName: '{$user.display_name}',
  emails: [{ value: '{$user.email}', type: 'work', primary: true }],
  title: '{$parameters.title}',
  [enterprise]: { department: '{$parameters.department}' },
  [groupUrn]: { group: '{$parameters.department}' },
}

const person = {
  schemas: [core, groupUrn],
  userName: 'ada@example.com',
  externalId: '7',
  name: { givenName: 'Ada', familyName: 'Byron' },
  emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
  active: true,
  [groupUrn]: { group: 'Sales' },
}

const texts: Record<GuideValue, (baseUrl: string) => string> = {
  baseUrl: baseUrl => baseUrl,
  urn: () => groupUrn,
  groupPath: () => groupPath,
  attributeEditor: () => entraAttributeEditor,
  externalName: () => 'group',
  template: () => JSON.stringify(oneLoginTemplate, null, 2),
  usersPath: () => '/Users',
  groupsPath: () => '/Groups',
  pingFilter: () => 'userName Eq "%s"',
  authorization: () => 'Authorization: Bearer $TOKEN',
  example: () => JSON.stringify(person, null, 2),
  probe: baseUrl => `curl -sS '${baseUrl}/Users?count=1' -H "Authorization: Bearer $TOKEN"`,
}

/** The text behind a value that a step hands out. */
export function guideValue(value: GuideValue, baseUrl: string): string {
  return texts[value](baseUrl)
}

/** Whether it has several lines. */
export function isLong(value: GuideValue): boolean {
  return value === 'template' || value === 'example'
}
