// Okta: pages on every search, whole resources by PUT, deactivation by a PATCH without path, never a DELETE.
import { urn, type Resource } from '#server/scim/index.ts'
import { displayName, type Person } from '../people.ts'
import type { ScimRequest } from '../scim-request.ts'
import { findByUserName, readById, type Linked, type Provider } from './provider.ts'

const page = { startIndex: '1', count: '100' }

export const okta: Provider = {
  title: 'Okta',
  headers: {
    accept: 'application/scim+json',
    'accept-charset': 'utf-8',
    'content-type': 'application/scim+json; charset=utf-8',
    'user-agent': 'Okta SCIM Client 1.0.0',
  },
  testConnection: find,
  find: person => find(person.userName),
  create: person => ({
    method: 'POST',
    path: '/Users',
    body: { ...attributesOf(person), groups: [], password: `Sim-${person.externalId}`, active: true },
  }),
  read: readById,
  update: (linked, person) => ({
    method: 'PUT',
    path: `/Users/${linked.id}`,
    body: { ...linked.resource, ...attributesOf(person) },
  }),
  setActive,
  remove: null,
}

function find(userName: string): ScimRequest {
  const { query, ...request } = findByUserName(userName)
  return { ...request, query: { ...query, ...page } }
}

function attributesOf(person: Person): Resource {
  return {
    schemas: [urn.user, urn.enterpriseUser, urn.calendlyUser],
    userName: person.userName,
    name: { givenName: person.givenName, familyName: person.familyName },
    emails: [{ primary: true, value: person.userName, type: 'work' }],
    displayName: displayName(person),
    locale: 'en-US',
    externalId: person.externalId,
    [urn.enterpriseUser]: { department: person.department },
    [urn.calendlyUser]: { group: person.group },
  }
}

function setActive({ id }: Linked, active: boolean): ScimRequest {
  const body = { schemas: [urn.patchOp], Operations: [{ op: 'replace', value: { active } }] }
  return { method: 'PATCH', path: `/Users/${id}`, body }
}
