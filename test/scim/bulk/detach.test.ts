// How a circle of references is opened: what is created first, and what is added when the others exist.
import { describe, expect, it } from 'vitest'
import { bulkResponse, detach, groupType, ScimError, urn, userType } from '#server/scim/index.ts'
import { CAL, ENT } from '../people.ts'

const waiting = new Set(['b'])
const add = (path: string, value: unknown) => ({ op: 'add', path, value })

describe('detach', () => {
  it('B5: an attribute of an extension waits, its neighbours do not', () => {
    const parts = detach(
      {
        userName: 'a',
        [ENT]: { department: 'D', manager: { value: 'bulkId:b' } },
        [CAL]: { group: 'bulkId:a' },
        emails: [{ value: 'bulkId:b' }],
      },
      userType,
      waiting,
    )
    expect(parts?.data).toEqual({ userName: 'a', [ENT]: { department: 'D' }, [CAL]: { group: 'bulkId:a' } })
    expect(parts?.completion).toEqual({
      schemas: [urn.patchOp],
      Operations: [add('emails', [{ value: 'bulkId:b' }]), add(`${ENT}:manager`, { value: 'bulkId:b' })],
    })
  })

  it('B5: members of a group wait all together', () => {
    const members = [{ value: 'u1' }, { value: 'bulkId:b' }]
    const parts = detach({ displayName: 'G', members }, groupType, waiting)
    expect(parts?.data).toEqual({ displayName: 'G' })
    expect(parts?.completion?.['Operations']).toEqual([add('members', members)])
  })

  it('B5: nothing waits for what exists already', () => {
    expect(detach({ userName: 'a', title: 'bulkId:z' }, userType, waiting)?.completion).toBeNull()
  })

  it.each([
    [{ userName: 'bulkId:b' }, userType],
    [{ USERNAME: 'bulkId:b' }, userType],
    [{ displayName: 'bulkId:b' }, groupType],
  ])('B5: %j cannot wait', (data, type) => {
    expect(detach(data, type, waiting)).toBeNull()
  })
})

describe('bulkResponse', () => {
  it('B8: status is a text, and only what there is to say is said', () => {
    const problem = new ScimError({ status: 404, detail: 'Nobody.' })
    const entry = { method: 'POST', bulkId: null, location: null, version: null, status: 404, problem }
    const good = { ...entry, bulkId: 'a', location: '/x', version: 'W/"1"', status: 201, problem: null }
    expect(bulkResponse([good, entry])).toEqual({
      schemas: [urn.bulkResponse],
      Operations: [
        { method: 'POST', bulkId: 'a', location: '/x', version: 'W/"1"', status: '201' },
        { method: 'POST', status: '404', response: problem.toBody() },
      ],
    })
  })
})
