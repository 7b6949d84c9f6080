// Every endpoint under generated requests: whatever comes, the answer is SCIM, never a failure of ours, and nothing
// half-applied is left behind.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { aimedRequest, anyRequest } from './any-request.ts'
import {
  ERROR,
  idOf,
  person,
  resourcesOf,
  useDoor,
  type Answered,
  type Asked,
  type Tenant,
} from './client.ts'

/** The same requests in every run; a failure names the smallest request that shows it. */
const seed = 20_261_122

const door = useDoor()
let tenant: Tenant
let known: readonly string[]
beforeAll(async () => {
  tenant = await door.tenant({ unknownMembers: 'keep-waiting' })
  const [ada, grace] = [await tenant.make(person({ title: 'Countess' })), await tenant.make()]
  const group = await tenant.post('/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Sales',
    members: [{ value: ada }, { value: grace }],
  })
  known = [ada, grace, idOf(group.body)]
})

/** Puts ids where the generators left places. */
const filled = (text: string) => text.replace(/\{([012])\}/g, (_all, at: string) => known[Number(at)] ?? '')

function expectScim(answer: Answered, asked: Asked): void {
  const shown = `${asked.method} ${asked.path} -> ${String(answer.status)} ${answer.text.slice(0, 300)}`
  expect(answer.status === 501 ? asked.path : answer.status, shown).toSatisfy((seen: number | string) =>
    typeof seen === 'string' ? /^\/+Me/.test(seen) : seen < 500,
  )
  if (asked.method === 'HEAD' || [204, 304].includes(answer.status)) {
    expect(answer.text, shown).toBe('')
    return
  }
  expect(answer.headers['content-type'], shown).toMatch(/^application\/(scim\+)?json/)
  expect(answer.body['schemas'], shown).toBeInstanceOf(Array)
  if (answer.status < 400) return
  expect(answer.body['schemas'], shown).toEqual([ERROR])
  expect(answer.body['status'], shown).toBe(String(answer.status))
  expect(answer.text, shown).not.toMatch(/node_modules|\.ts:|SELECT |prisma/i)
}

async function play(asked: Asked): Promise<void> {
  const sent: Asked = {
    ...asked,
    path: filled(asked.path),
    body:
      typeof asked.body === 'object' && !Buffer.isBuffer(asked.body)
        ? filled(JSON.stringify(asked.body))
        : asked.body,
  }
  expectScim(await tenant.call(sent), sent)
}

describe('any request', () => {
  it(
    'L6, DM38, ER5, ER7: is answered in SCIM and never with a failure of ours',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(anyRequest, async ({ query: asked, path, ...rest }) =>
          play({ ...rest, path: path + asked }),
        ),
        { seed, numRuns: 600 },
      )
    },
  )

  it('C6, H1, B11, SR2: with a body made for its endpoint as well', { timeout: 120_000 }, async () => {
    await fc.assert(fc.asyncProperty(aimedRequest, play), { seed, numRuns: 600 })
  })

  it('H4: leaves lists that agree with each other', async () => {
    for (const path of ['/Users', '/Groups']) {
      const seen: string[] = []
      for (let startIndex = 1; ; startIndex += 100) {
        const {
          status,
          body: list,
          text,
        } = await tenant.get(`${path}?count=100&startIndex=${String(startIndex)}`)
        expect(status, text).toBe(200)
        seen.push(...resourcesOf(list).map(idOf))
        if (seen.length >= Number(list['totalResults'])) break
      }
      expect(new Set(seen).size).toBe(seen.length)
      for (const id of seen) expect((await tenant.get(`${path}/${id}`)).status).toBe(200)
    }
  })
})
