// The group mapping of an organization that has never saved one.
import { expect, it } from 'vitest'
import { graphqlDoor, sender } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization } from '#test/support/make-world.ts'

it('C1: is off at first, leads nobody who is there, and takes the attribute that is meant for it', async () => {
  const world = await makeWorld()
  const { owner } = await newOrganization(world)
  const { data } = await sender(graphqlDoor(world), { cookie: owner.cookie })(
    `{ organization { groupMapping { enabled version applyToExisting savedAt rows { value } defaultGroup { id }
      sourceAttribute { path isDefault } } } }`,
  )
  const path = 'urn:ietf:params:scim:schemas:extension:Calendly:2.0:User:group'
  const unsaved = { enabled: false, version: 0, applyToExisting: false, savedAt: null }
  expect(data).toEqual({
    organization: {
      groupMapping: { ...unsaved, rows: [], defaultGroup: null, sourceAttribute: { path, isDefault: true } },
    },
  })
})
