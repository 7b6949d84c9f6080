// What goes wrong in the demonstration's year: refused requests of the kinds that admins really meet.
import { unknownUser, userNameTaken } from '#server/domain/users/rules/refusals.ts'
import type { NewExchange } from '#server/domain/provisioning-log/rules/exchange.ts'
import { userNameOf } from '#server/domain/users/rules/user.ts'
import { ScimError, urn, type Resource, type ScimType } from '#server/scim/index.ts'
import { exchange, newResource, pathOf, type Request, type Sitter, type Told } from './demo-exchanges.ts'

type Refused = { readonly status: number; readonly scimType?: ScimType; readonly detail: string }

/** A refused request about someone. */
export type Refusal = (request: Request, sitter: Sitter) => NewExchange

/** Kinds in the proportion in which they happen. */
export const refusals: readonly { readonly weight: number; readonly refuse: Refusal }[] = [
  { weight: 6, refuse: duplicate },
  { weight: 5, refuse: wrongValue },
  { weight: 4, refuse: vanished },
  { weight: 2, refuse: renamedOntoAnother },
  { weight: 1, refuse: oddFilter },
]

function duplicate(request: Request, sitter: Sitter): NewExchange {
  const detail = userNameTaken(userNameOf(sitter.document)).message
  const told = { method: 'POST', path: '/Users', body: newResource(request.caller, sitter) }
  return refused(request, null, { told, problem: { status: 409, scimType: 'uniqueness', detail } })
}

/** A text where the schema wants a boolean: the usual slip in an attribute mapping. */
function wrongValue(request: Request, sitter: Sitter): NewExchange {
  const detail = 'active must be true or false.'
  const told = patch(sitter, { op: 'replace', path: 'active', value: 'enabled' })
  return refused(request, sitter, { told, problem: { status: 400, scimType: 'invalidValue', detail } })
}

/** The provider still remembers someone who was deleted here. */
function vanished(request: Request, sitter: Sitter): NewExchange {
  const gone = { ...sitter, id: `${sitter.id.slice(0, -4)}dead` }
  const told = patch(gone, { op: 'replace', path: 'active', value: false })
  return refused(request, null, { told, problem: { status: 404, detail: unknownUser(gone.id).message } })
}

function renamedOntoAnother(request: Request, sitter: Sitter): NewExchange {
  const other = userNameOf(sitter.document).replace('@', '2@')
  const told = patch(sitter, { op: 'replace', path: 'userName', value: other })
  return refused(request, sitter, {
    told,
    problem: { status: 409, scimType: 'uniqueness', detail: userNameTaken(other).message },
  })
}

function oddFilter(request: Request, _sitter: Sitter): NewExchange {
  const detail = 'The filter cannot be read: it ends where a value is missing.'
  const told = { method: 'GET', path: '/Users', query: 'filter=userName%20eq' }
  return refused(request, null, { told, problem: { status: 400, scimType: 'invalidFilter', detail } })
}

/** Requests with a token that has ended, as they come after a forgotten rotation. */
export function expiredToken(request: Request, sitter: Sitter): NewExchange {
  const detail =
    'The bearer token is missing or no longer valid. Copy a current token from Rollcall under Login > User ' +
    'provisioning into your identity provider.'
  const told = {
    method: 'GET',
    path: '/Users',
    query: `filter=${encodeURIComponent(`userName eq "${userNameOf(sitter.document)}"`)}`,
  }
  return refused(request, null, { told, problem: { status: 401, detail } })
}

function patch(sitter: Sitter, operation: { op: string; path: string; value: string | boolean }) {
  const body: Resource = { schemas: [urn.patchOp], Operations: [operation] }
  return { method: 'PATCH', path: pathOf(sitter), body }
}

function refused(
  request: Request,
  sitter: Sitter | null,
  what: { told: Omit<Told, 'status' | 'summary'>; problem: Refused },
): NewExchange {
  const { problem } = what
  const answer = new ScimError(problem).toBody()
  const row = exchange(request, sitter, {
    ...what.told,
    status: problem.status,
    answer,
    summary: problem.detail,
  })
  return { ...row, scimType: problem.scimType ?? null }
}
