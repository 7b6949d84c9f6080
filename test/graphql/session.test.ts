// Setting up, signing in and out through the API.
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor, operatorKey, sender } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization } from '#test/support/make-world.ts'

let world: World
let door: GraphqlDoor

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
})

const signIn = `mutation ($input: SignInInput!) {
  signIn(input: $input) {
    __typename
    ... on SignInPayload { viewer { kind user { displayName } organization { name } } chooseOrganization { id name } }
    ... on Error { code message }
  }
}`

describe('signing in', () => {
  it('answers the person and sets a cookie that later requests are recognised by', async () => {
    const { owner, name } = await newOrganization(world)
    const answer = await sender(door)(signIn, { input: { email: owner.email, password: owner.password } })
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toEqual({
      signIn: {
        __typename: 'SignInPayload',
        viewer: { kind: 'PERSON', user: { displayName: owner.name }, organization: { name } },
        chooseOrganization: [],
      },
    })
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^sid=rc_session_\w+; Path=\/; HttpOnly; SameSite=Lax; Expires=/)
    const next = await sender(door, { cookie: cookie.slice(4, cookie.indexOf(';')) })('{ viewer { kind } }')
    expect(next.data).toEqual({ viewer: { kind: 'PERSON' } })
  })

  it('answers a wrong password as a declared failure without a cookie', async () => {
    const { owner } = await newOrganization(world)
    const answer = await sender(door)(signIn, { input: { email: owner.email, password: 'wrong' } })
    expect(answer.data).toMatchObject({
      signIn: { __typename: 'ForbiddenError', code: 'sessions/wrong-credentials' },
    })
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  it('ends the session on signing out', async () => {
    const { owner } = await newOrganization(world)
    const send = sender(door, { cookie: owner.cookie })
    const out = await send('mutation { signOut { signedOut } }')
    expect(out.data).toEqual({ signOut: { signedOut: true } })
    expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await send('{ viewer { kind } }')).data).toEqual({ viewer: { kind: 'ANONYMOUS' } })
  })
})

describe('who calls', () => {
  it('tells person, API key, operator and nobody apart', async () => {
    const { admin, apiKey } = await newOrganization(world)
    const kindOf = async (who: Parameters<typeof sender>[1]) =>
      (await sender(door, who)('{ viewer { kind csrf } }')).data
    expect(await kindOf({ cookie: admin.cookie })).toEqual({ viewer: { kind: 'PERSON', csrf: true } })
    expect(await kindOf({ bearer: apiKey.secret })).toEqual({ viewer: { kind: 'API_KEY', csrf: false } })
    expect(await kindOf({ bearer: operatorKey })).toEqual({ viewer: { kind: 'OPERATOR', csrf: false } })
    expect(await kindOf({})).toEqual({ viewer: { kind: 'ANONYMOUS', csrf: true } })
  })

  it('answers 401 to bearer tokens that open nothing, whatever cookie is beside them (G20)', async () => {
    const { admin, scimToken } = await newOrganization(world)
    for (const bearer of ['x', scimToken.secret, `${operatorKey}x`]) {
      const answer = await sender(door, { bearer, cookie: admin.cookie })('{ viewer { kind } }')
      expect(answer.status).toBe(401)
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' })
    }
  })
})
