// Everybody to whom a managed event is assigned in person, through GraphQL.
import { beforeAll, expect, it } from 'vitest'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor, sender } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, newPerson } from '#test/support/make-world.ts'

const global = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')

interface AssignedPage {
  readonly totalCount: number
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly endCursor: string
  }
  readonly nodes: readonly { readonly id: string; readonly displayName: string }[]
}

let world: World
let door: GraphqlDoor

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
})

it('C7: a managed event tells whom it is assigned to in person, page by page and anywhere in between', async () => {
  const { scim, owner } = await newOrganization(world)
  const people: { id: string; name: string }[] = []
  for (const name of ['Ada', 'Bob', 'Cyd', 'Dan', 'Eve']) {
    people.push({ name, id: (await newPerson(scim, { displayName: name })).id })
  }
  const managedEventId = await createManagedEvent(owner.ctx, { details: { name: 'In person' } })
  const userIds = people.map(({ id }) => id)
  await assignManagedEvent(owner.ctx, { managedEventId, groupIds: [], userIds })
  await deleteUser(scim, { userId: userIds[4] ?? '', graceDays: 30 })
  const send = sender(door, { cookie: owner.cookie })
  const page = async (variables: object) => {
    const answer = await send(
      `query ($id: ID!, $first: Int, $after: String, $skip: Int, $search: String) { node(id: $id) {
        ... on ManagedEvent { assignedPeople(first: $first, after: $after, skip: $skip, search: $search) {
          totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { id displayName userName } } } } }`,
      { id: global('ManagedEvent', managedEventId), ...variables },
    )
    expect(answer.errors).toBeUndefined()
    return (answer.data['node'] as unknown as { assignedPeople: AssignedPage }).assignedPeople
  }
  const names = ({ nodes }: AssignedPage) => nodes.map(({ displayName }) => displayName)
  const first = await page({ first: 3 })
  expect([names(first), first.totalCount, first.pageInfo.hasNextPage]).toEqual([
    ['Ada', 'Bob', 'Cyd'],
    4,
    true,
  ])
  const second = await page({ first: 3, after: first.pageInfo.endCursor })
  expect([names(second), second.pageInfo.hasNextPage]).toEqual([['Dan'], false])
  const middle = await page({ first: 2, skip: 1 })
  expect([names(middle), middle.pageInfo.hasPreviousPage]).toEqual([['Bob', 'Cyd'], true])
  const found = await page({ search: ' CY' })
  expect([names(found), found.totalCount, found.nodes[0]?.id]).toEqual([
    ['Cyd'],
    1,
    global('User', userIds[2] ?? ''),
  ])
})
