// Who calls the API, and how an operation is sent that reaches its use case and changes nothing.
export type Caller =
  | 'owner'
  | 'admin'
  | 'groupAdmin'
  | 'user'
  | 'readKey'
  | 'usersKey'
  | 'tokensKey'
  | 'settingsKey'
  | 'mappingsKey'
  | 'groupsKey'
  | 'eventsKey'
  | 'operator'
  | 'nobody'

export const global = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')

export const everybody: Caller[] = [
  'owner',
  'admin',
  'groupAdmin',
  'user',
  'readKey',
  'usersKey',
  'tokensKey',
  'settingsKey',
  'mappingsKey',
  'groupsKey',
  'eventsKey',
  'operator',
  'nobody',
]
export const members = everybody.filter(caller => caller !== 'operator' && caller !== 'nobody')
export const people: Caller[] = ['owner', 'admin', 'groupAdmin', 'user']
export const admins: Caller[] = ['owner', 'admin']
export const readers: Caller[] = [...admins, 'readKey']
export const unknown = '018f0000-0000-7000-8000-000000000000'

/** A mutation that reaches its use case and changes nothing. */
export function harmless(name: string, input: object): [string, object] {
  const query = `mutation ($input: ${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input!) { ${name}(input: $input) { __typename ... on Error { code } } }`
  return [query, { input }]
}

/** The same without an input. */
export const bare = (name: string): [string, object] => [
  `mutation { ${name} { __typename ... on Error { code } } }`,
  {},
]

export const person = { id: global('User', unknown) }
/** The organization by its id, so that the operator asks for the same one. */
export const inOrganization = (fields: string): [string, object] => [
  `query ($org: ID) { organization(id: $org) { id ${fields} } }`,
  {},
]
