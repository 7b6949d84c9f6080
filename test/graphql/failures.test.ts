// What goes wrong inside stays inside: callers get a request id, the log gets the reason.
import { beforeAll, describe, expect, it } from 'vitest'
import { DomainError, type DomainErrorKind } from '#server/domain/error.ts'
import { declared, Problem } from '#server/graphql/problems.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor, sender } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, type TestOrganization } from '#test/support/make-world.ts'

let world: World
let org: TestOrganization

beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world)
})

const secret = 'postgresql://admin:hunter2@db.internal/rollcall'

describe('an unexpected failure', () => {
  it('is masked with the request id, and told to the log (G22)', async () => {
    const told: [unknown, string][] = []
    const door = graphqlDoor(world, {
      presentUsers: () => Promise.reject(new Error(`connect ${secret}`)),
      onFailure: (error, requestId) => told.push([error, requestId]),
    })
    const answer = await sender(door, { cookie: org.admin.cookie })('{ viewer { user { scim } kind } }')
    expect(JSON.stringify(answer)).not.toContain('hunter2')
    expect(answer.errors).toEqual([
      {
        message: expect.stringContaining('tell your operator the request id request-of-test') as string,
        path: ['viewer', 'user', 'scim'],
        locations: [{ line: 1, column: 19 }],
        extensions: { code: 'INTERNAL', requestId: 'request-of-test' },
      },
    ])
    expect(told).toEqual([[expect.objectContaining({ message: `connect ${secret}` }), 'request-of-test']])
  })

  it('of the database shows no table, column or constraint (G23)', async () => {
    const told: unknown[] = []
    const door = graphqlDoor(world, {
      onFailure: error => told.push(error),
      contextFor: (orgId, actor) => {
        const ctx = world.contextFor(orgId, actor)
        const sql = {
          run: () =>
            Promise.reject(
              Object.assign(new Error('duplicate key "users_user_name_living"'), { code: '23505' }),
            ),
        }
        return { ...ctx, sql }
      },
    })
    const answer = await sender(door, { cookie: org.admin.cookie })(
      '{ organization { users { totalCount } } }',
    )
    expect(JSON.stringify(answer)).not.toContain('users_user_name_living')
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL' })
    expect(told).toHaveLength(1)
  })
})

describe('a refusal of the domain', () => {
  const kinds: Record<DomainErrorKind, string> = {
    'not-found': 'NotFoundProblem',
    conflict: 'ConflictProblem',
    forbidden: 'ForbiddenProblem',
    invalid: 'InvalidInputProblem',
    stale: 'StaleProblem',
    'no-seat': 'SeatLimitProblem',
    'not-in-plan': 'FeatureNotInPlanProblem',
    'managed-by-idp': 'ManagedByIdentityProviderProblem',
    unavailable: 'DomainError',
  }

  it.each(Object.entries(kinds))('of kind %s becomes %s', async (kind, name) => {
    const refusal = new DomainError({
      kind: kind as DomainErrorKind,
      code: 'room/reason',
      message: 'Because.',
    })
    const thrown: unknown = await declared(() => Promise.reject(refusal)).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(name === 'DomainError' ? DomainError : Problem)
    expect((thrown as Error).constructor.name).toBe(name)
    expect(thrown).toMatchObject({ code: 'room/reason', message: 'Because.' })
  })
})
