// Our own key over the API: whether there can be one, which signs, and the change to the next.
import { beforeAll, describe, expect, it } from 'vitest'
import type { World } from '#server/world.ts'
import { graphqlDoor } from '#test/support/graphql-client.ts'
import { makeWorld } from '#test/support/make-world.ts'
import { input, openOffice, type Office } from './sso-office.ts'

const fields = 'signRequests allowCbc keyMissing certificateUrl keys { fingerprint signs }'
let withKey: World
let without: World
beforeAll(async () => {
  withKey = await makeWorld()
  without = await makeWorld({ vault: null })
})
const officeIn = (world: World): Promise<Office> => openOffice({ world, door: graphqlDoor(world) })

interface Shown {
  readonly signRequests: boolean
  readonly allowCbc: boolean
  readonly keyMissing: string | null
  readonly certificateUrl: string
  readonly keys: readonly { fingerprint: string; signs: boolean }[]
}

async function shown({ send }: Office): Promise<Shown> {
  const { data } = await send(`{ organization { sso { ${fields} } } }`)
  return (data['organization'] as unknown as { sso: Shown }).sso
}

async function rotate({ send }: Office): Promise<Record<string, unknown>> {
  const { data } = await send('mutation { done: rotateSsoKey { __typename ... on Error { code message } } }')
  return data['done'] as unknown as Record<string, unknown>
}

describe('our key', () => {
  it('signs requests from the first settings on, and is changed by way of two', async () => {
    const office = await officeIn(withKey)
    expect(await shown(office)).toMatchObject({ signRequests: true, keyMissing: null, keys: [] })
    await office.change('configureSso', { ...input, allowCbc: true })
    expect(await rotate(office)).toMatchObject({ __typename: 'RotateSsoKeyPayload' })
    expect(await rotate(office)).toMatchObject({ __typename: 'RotateSsoKeyPayload' })
    const { keys, certificateUrl, ...rest } = await shown(office)
    expect(rest).toEqual({ signRequests: true, allowCbc: true, keyMissing: null })
    expect(certificateUrl).toMatch(new RegExp(`/saml/${office.org.orgId}/certificate$`))
    expect(keys.map(({ signs }) => signs)).toEqual([true, false])
    expect(await rotate(office)).toMatchObject({ code: 'sso/key-change-open' })
    await office.change('removeSsoKey', { fingerprint: keys[0]?.fingerprint })
    expect((await shown(office)).keys).toEqual([{ fingerprint: keys[1]?.fingerprint, signs: true }])
    const last = await office.change('removeSsoKey', { fingerprint: keys[1]?.fingerprint })
    expect(last).toMatchObject({ code: 'sso/last-key' })
  })

  it('is not to be had without a master key, and the answer says whom to ask', async () => {
    const office = await officeIn(without)
    expect(await shown(office)).toMatchObject({
      signRequests: false,
      keyMissing: expect.stringContaining('set MASTER_KEY') as string,
    })
    const refused = await office.change('configureSso', { ...input, signRequests: true })
    expect(refused).toMatchObject({ code: 'sso/bad-details' })
    await office.change('configureSso', input)
    expect(await shown(office)).toMatchObject({ signRequests: false, keys: [] })
    expect(await rotate(office)).toMatchObject({ code: 'sso/no-key' })
  })
})
