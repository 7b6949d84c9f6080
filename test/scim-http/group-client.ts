// Makes groups at the SCIM door and reads who is in them.
import { expect } from 'vitest'
import { urn, type Json, type Resource } from '#server/scim/index.ts'
import { idOf, type Tenant } from './client.ts'

export const GROUP = urn.group
let names = 0

/** The least that makes a group, with a name of its own. */
export function group(resource: Record<string, Json> = {}): Resource {
  names += 1
  return { schemas: [GROUP], displayName: `Group ${String(names)}`, ...resource }
}

/** Ids of the members in the order of the answer. */
export const values = (body: Resource): readonly string[] =>
  ((body['members'] ?? []) as unknown as { value: string }[]).map(({ value }) => value)

/** Creates a group and answers its id. */
export async function makeGroup(tenant: Tenant, resource: Resource = group()): Promise<string> {
  const { status, body, text } = await tenant.post('/Groups', resource)
  expect(status, text).toBe(201)
  return idOf(body)
}

/** Creates people and answers their ids. */
export async function people(tenant: Tenant, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < count; at += 1) ids.push(await tenant.make())
  return ids
}

export const member = (value: string | undefined) => ({ value: value ?? '' })
export const membersOf = async (tenant: Tenant, id: string) =>
  values((await tenant.get(`/Groups/${id}`)).body)
