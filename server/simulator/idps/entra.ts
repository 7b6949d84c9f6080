// Microsoft Entra ID in its default style: capitalised operations, booleans as text, nulls and client meta.
import { urn, type Json } from '#server/scim/index.ts'
import { displayName, type Person } from '../people.ts'
import type { ScimRequest } from '../scim-request.ts'
import { deleteById, findByUserName, readById, type Linked, type Provider } from './provider.ts'

export const entra: Provider = {
  title: 'Entra ID',
  headers: {
    accept: 'application/scim+json',
    'content-type': 'application/scim+json; charset=utf-8',
    'user-agent': '',
  },
  testConnection: findByUserName,
  find: person => findByUserName(person.userName),
  create,
  read: readById,
  update: (linked, person) =>
    patch(linked, [
      { op: 'Replace', path: 'displayName', value: displayName(person) },
      { op: 'Replace', path: 'name.familyName', value: person.familyName },
      { op: 'Add', path: `${urn.enterpriseUser}:department`, value: person.department },
      { op: 'Add', path: `${urn.calendlyUser}:group`, value: person.group },
    ]),
  setActive: (linked, active) =>
    patch(linked, [{ op: 'Replace', path: 'active', value: active ? 'True' : 'False' }]),
  remove: deleteById,
}

function create(person: Person): ScimRequest {
  const shown = displayName(person)
  const body = {
    schemas: [urn.user, urn.enterpriseUser, urn.calendlyUser],
    externalId: person.externalId,
    userName: person.userName,
    active: true,
    displayName: shown,
    emails: [{ primary: true, type: 'work', value: person.userName }],
    meta: { resourceType: 'User' },
    name: { formatted: shown, familyName: person.familyName, givenName: person.givenName },
    roles: [],
    addresses: null,
    title: null,
    [urn.enterpriseUser]: { department: person.department, manager: null },
    [urn.calendlyUser]: { group: person.group },
  }
  return { method: 'POST', path: '/Users', body }
}

function patch({ id }: Linked, operations: Json[]): ScimRequest {
  return { method: 'PATCH', path: `/Users/${id}`, body: { schemas: [urn.patchOp], Operations: operations } }
}
