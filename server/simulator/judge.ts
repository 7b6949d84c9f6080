// Whether an answer is what an identity provider needs; null, or what is wrong in plain words.
import type { Json } from '#server/scim/index.ts'
import { displayName, type Person } from './people.ts'
import { resourceOf, type Answer } from './scim-request.ts'

export type Fault = string | null

/** One of the statuses, with the server's own words when it is another. */
export function demandStatus(answer: Answer, statuses: readonly number[]): Fault {
  if (statuses.includes(answer.status)) return null
  const { detail, scimType } = resourceOf(answer)
  const words = typeof detail === 'string' ? detail : 'no detail'
  const kind = typeof scimType === 'string' ? ` ${scimType}` : ''
  return `${String(answer.status)}${kind} instead of ${statuses.join(' or ')}: ${words}`
}

/** A list with exactly `total` people, numbers as integers. */
export function demandTotal(answer: Answer, total: number): Fault {
  const status = demandStatus(answer, [200])
  if (status !== null) return status
  const { totalResults, Resources } = resourceOf(answer)
  const listed = Array.isArray(Resources) ? Resources.length : 0
  if (totalResults === total && listed === total) return null
  return `the list says ${JSON.stringify(totalResults ?? null)} people and shows ${String(listed)} instead of ${String(total)}`
}

/** The resource of this person, every value as it was sent. */
export function demandPerson(
  answer: Answer,
  expected: { person: Person; active: boolean; statuses: readonly number[] },
): Fault {
  const status = demandStatus(answer, expected.statuses)
  if (status !== null || answer.status === 204) return status
  const { person, active } = expected
  const resource = resourceOf(answer)
  const wanted: Readonly<Record<string, Json>> = {
    userName: person.userName,
    externalId: person.externalId,
    displayName: displayName(person),
    active,
  }
  const wrong = Object.keys(wanted).find(name => resource[name] !== wanted[name])
  if (wrong !== undefined) {
    return `${wrong} is ${JSON.stringify(resource[wrong] ?? null)} instead of ${JSON.stringify(wanted[wrong])}`
  }
  return typeof resource['id'] === 'string' ? placementFault(resource, person) : 'the answer has no id'
}

function placementFault(resource: Readonly<Record<string, Json>>, person: Person): Fault {
  const sent = JSON.stringify(resource)
  const lost = [person.department, person.group, person.familyName].find(
    value => !sent.includes(JSON.stringify(value)),
  )
  return lost === undefined ? null : `the value "${lost}" that was sent is missing in the answer`
}
