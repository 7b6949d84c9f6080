// Sends Bulk requests and reads their answers entry by entry.
import { expect } from 'vitest'
import { urn, type Json, type Resource } from '#server/scim/index.ts'
import { person, type Answered, type Tenant } from './client.ts'
import { group } from './group-client.ts'

export interface Entry {
  readonly method: string
  readonly bulkId?: string
  readonly location?: string
  readonly version?: string
  readonly status: string
  readonly response?: Resource
}

export type Operation = Record<string, unknown>

export const bulkBody = (Operations: readonly Operation[], more: object = {}) => ({
  schemas: [urn.bulkRequest],
  Operations,
  ...more,
})

export const sendBulk = (
  tenant: Tenant,
  operations: readonly Operation[],
  more: object = {},
): Promise<Answered> => tenant.post('/Bulk', bulkBody(operations, more))

/** The entries of a Bulk request that was taken. */
export async function bulk(
  tenant: Tenant,
  operations: readonly Operation[],
  more: object = {},
): Promise<readonly Entry[]> {
  const { status, body, text } = await sendBulk(tenant, operations, more)
  expect(status, text).toBe(200)
  expect(body['schemas']).toEqual([urn.bulkResponse])
  return body['Operations'] as unknown as readonly Entry[]
}

export const statuses = (entries: readonly Entry[]): string[] => entries.map(({ status }) => status)

export const createUser = (bulkId: string, more: Record<string, Json> = {}): Operation => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: person({ userName: `${bulkId}@ex.org`, ...more }),
})

export const createGroup = (bulkId: string, members: readonly string[] = []): Operation => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: group({ displayName: bulkId, members: members.map(value => ({ value })) }),
})

export const patchUser = (path: string, operations: readonly Json[], more: object = {}): Operation => ({
  method: 'PATCH',
  path,
  data: { schemas: [urn.patchOp], Operations: operations },
  ...more,
})

/** The id at the end of an entry's location. */
export const madeId = (entry: Entry | undefined): string => entry?.location?.split('/').at(-1) ?? ''
