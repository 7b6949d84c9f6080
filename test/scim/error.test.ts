// The wire form of refusals.
import { describe, expect, it } from 'vitest'
import { refusal, ScimError, urn } from '#server/scim/index.ts'

describe('ScimError', () => {
  it('ER1, ER2: writes the status as text and the scimType as a word', () => {
    const error = refusal('uniqueness', 'The userName is taken.')
    expect(error).toMatchObject({ status: 409, scimType: 'uniqueness' })
    expect(error.toBody()).toEqual({
      schemas: [urn.error],
      status: '409',
      scimType: 'uniqueness',
      detail: 'The userName is taken.',
    })
  })

  it('ER1: has no scimType where the RFC defines none', () => {
    const error = new ScimError({ status: 404, detail: 'No such user.' })
    expect(error.toBody()).toEqual({ schemas: [urn.error], status: '404', detail: 'No such user.' })
  })

  it('ER3: refuses sensitive filters with 403', () => {
    expect(refusal('sensitive', 'x').toBody()['status']).toBe('403')
  })
})
