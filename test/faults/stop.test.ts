// A polite end under load: nobody who was let in is sent away, and what was done is kept.
import { afterEach, beforeAll, afterAll, expect, test } from 'vitest'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { newInstallationWithOrganization } from './installation.ts'
import { scimClient, type Answered, type ScimClient } from './scim-client.ts'
import { expectSound } from './soundness.ts'

let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let server: ServerProcess | undefined
beforeAll(async () => {
  installation = await newInstallationWithOrganization()
})
afterEach(async () => {
  await server?.stop('SIGKILL')
})
afterAll(() => {
  installation.remove()
})

type Outcome = Answered | 'unanswered'

/** Creates people, each with a name of its own, until the server no longer takes a connection. */
async function keepCreating(
  client: ScimClient,
  heard: (name: string, outcome: Outcome) => void,
  lane: number,
): Promise<void> {
  for (let number = 0; ; number += 1) {
    const userName = `lane-${lane}-${number}@example.com`
    try {
      const answer = await client.create({ userName })
      heard(userName, answer)
      if (answer.status === 503) return
    } catch {
      heard(userName, 'unanswered')
      return
    }
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s answers everyone who was let in and ends with 0',
  async signal => {
    server = await startServer({ env: installation.env })
    const { kill, ended, url } = server
    const client = scimClient(url, installation.org)
    const outcomes = new Map<string, Outcome>()
    const heard = (name: string, outcome: Outcome): void => {
      outcomes.set(`${signal}-${name}`, outcome)
      if (outcomes.size === 100) kill(signal)
    }
    const named = {
      ...client,
      create: (person: Readonly<Record<string, unknown>>) =>
        client.create({ ...person, userName: `${signal}-${String(person['userName'])}` }),
    }
    await Promise.all(Array.from({ length: 12 }, (_none, lane) => keepCreating(named, heard, lane)))
    const ending = await ended
    expect(ending).toMatchObject({
      code: 0,
      signal: null,
      output: expect.not.stringMatching(/"level":[56]0/) as string,
    })

    const { orgId } = installation.org
    await installation.inside(async world => {
      const people = await world.database.prisma.user.findMany({
        where: { orgId },
        select: { document: true },
      })
      const stored = new Set(people.map(({ document }) => (document as { userName: string }).userName))
      for (const [userName, outcome] of outcomes) {
        // Whoever got no answer, or was told to come again, was not let in: nothing was done.
        const done = outcome !== 'unanswered' && outcome.status === 201
        expect(stored.has(userName), userName).toBe(done)
        if (outcome !== 'unanswered' && !done) expect(outcome.status).toBe(503)
      }
      await expectSound(world, orgId)
    })
  },
)
