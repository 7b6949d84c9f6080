// OneLogin: an admin's JSON template, so booleans are text, empty parameters "", and one e-mail an object.
import { urn, type Resource } from '#server/scim/index.ts'
import { displayName, type Person } from '../people.ts'
import type { ScimRequest } from '../scim-request.ts'
import { deleteById, findByUserName, readById, type Linked, type Provider } from './provider.ts'

export const onelogin: Provider = {
  title: 'OneLogin',
  headers: { accept: 'application/json', 'content-type': 'application/json', 'user-agent': '' },
  testConnection: findByUserName,
  find: person => findByUserName(person.userName),
  create: person => ({ method: 'POST', path: '/Users', body: template(person, true) }),
  read: readById,
  update: (linked, person) => put(linked, template(person, true)),
  setActive: (linked, active) => put(linked, template(linked.person, active)),
  remove: deleteById,
}

function template(person: Person, active: boolean): Resource {
  return {
    schemas: [urn.user, urn.enterpriseUser, urn.calendlyUser],
    id: null,
    externalId: person.externalId,
    userName: person.userName,
    active: String(active),
    name: { givenName: person.givenName, familyName: person.familyName, formatted: '' },
    displayName: displayName(person),
    title: '',
    emails: { value: person.userName, type: 'work' },
    [urn.enterpriseUser]: { department: person.department, manager: null },
    [urn.calendlyUser]: { group: person.group },
  }
}

function put({ id }: Linked, body: Resource): ScimRequest {
  return { method: 'PUT', path: `/Users/${id}`, body }
}
