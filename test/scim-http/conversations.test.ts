// Plays the recorded conversations of identity providers (test/fixtures/idp), each with an organization of its own.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import type { ConfigureProvisioningInput } from '#server/domain/organizations/configure-provisioning.ts'
import { oauthAddresses } from '#server/domain/oauth-clients/rules/addresses.ts'
import { publicUrl } from '#test/support/make-app.ts'
import { useDoor, type Answered, type Asked, type Method, type Tenant } from './client.ts'

/** One recorded conversation: a file of test/fixtures/idp/{provider}. */
interface Conversation {
  /** Lines of the checklist that it proves. */
  readonly ids: readonly string[]
  readonly title: string
  readonly settings?: ConfigureProvisioningInput
  readonly headers?: Readonly<Record<string, string>>
  /** Two: `$SECOND` is another token of the organization. */
  readonly tokens?: 2
  readonly steps: readonly Step[]
}

interface Step {
  readonly say?: string
  readonly method: Method
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly expect: Expected
}

interface Expected {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** A part of the body; lists are compared as a whole. */
  readonly body?: object
  /** Body keys to the least their number may be. */
  readonly atLeast?: Readonly<Record<string, number>>
  /** Paths by dots and, for names with dots or colons, `["name"]`; none of them may be there. */
  readonly absent?: readonly (string | readonly string[])[]
  /** Variable name to the key of the body, or `header:name`, to use as `$name` from then on. */
  readonly capture?: Readonly<Record<string, string>>
  /** Body keys whose value must equal the variable's. */
  readonly same?: Readonly<Record<string, string>>
}

const folder = new URL('../fixtures/idp', import.meta.url).pathname
const providers = readdirSync(folder).sort()
const door = useDoor()

function read(provider: string, file: string): Conversation {
  return JSON.parse(readFileSync(join(folder, provider, file), 'utf8')) as Conversation
}

describe.each(providers)('%s', provider => {
  const files = readdirSync(join(folder, provider)).sort()
  const conversations = files.map(file => read(provider, file))

  it.each(conversations.map(each => [each.ids.join(', '), each.title, each] as const))(
    '%s: %s',
    async (_ids, _title, conversation) => {
      const tenant = await door.tenant(conversation.settings)
      const { resourceMetadataUrl } = oauthAddresses(publicUrl, tenant.org.orgId)
      const variables = new Map([
        ['BASE', tenant.base],
        ['METADATA', resourceMetadataUrl],
        ['TOKEN', tenant.org.scimToken.secret],
      ])
      if (conversation.tokens === 2) {
        const { secret } = await issueScimToken(tenant.org.owner.ctx, { name: 'The next one' })
        variables.set('SECOND', secret)
      }
      for (const step of conversation.steps) await take(step, { conversation, tenant, variables })
    },
  )
})

/** The checklist's lines on what identity providers send: first and last number of each run. */
const checklist: Readonly<Record<string, readonly (readonly [first: number, last: number])[]>> = {
  EN: [
    [1, 8],
    [10, 15],
    [20, 35],
    [40, 46],
    [50, 57],
  ],
  OK: [[1, 23]],
  ON: [[1, 8]],
  JC: [[1, 6]],
  GO: [[1, 6]],
  PI: [[1, 7]],
  AU: [[1, 8]],
  KC: [[1, 6]],
  OT: [[1, 6]],
}
/** Facts about products that no answer of ours depends on; the SCIM engine's README tells them. */
const facts = ['GO1', 'GO3']

it('each line of the checklist has a conversation', () => {
  const ids = Object.entries(checklist).flatMap(([letters, runs]) =>
    runs.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => `${letters}${String(first + index)}`),
    ),
  )
  const played = new Set(
    providers.flatMap(provider =>
      readdirSync(join(folder, provider)).flatMap(file => read(provider, file).ids),
    ),
  )
  expect(ids.filter(id => !played.has(id))).toEqual(facts)
})

interface Scene {
  readonly conversation: Conversation
  readonly tenant: Tenant
  readonly variables: Map<string, string>
}

async function take(step: Step, { conversation, tenant, variables }: Scene): Promise<void> {
  const filled = fill(step, variables)
  const headers = { ...conversation.headers, ...filled.headers }
  const asked: Asked = { method: filled.method, path: encoded(filled.path), headers, body: filled.body }
  const answer = await tenant.call(asked)
  const where = `${step.say ?? `${step.method} ${step.path}`}: ${answer.text}`
  check(answer, filled.expect, where)
  for (const [name, key] of Object.entries(filled.expect.capture ?? {})) {
    const header = /^header:(.+)$/.exec(key)?.[1]
    variables.set(
      name,
      String(header === undefined ? at(answer.body, key.split('/')) : answer.headers[header]),
    )
  }
}

function check(answer: Answered, expected: Expected, where: string): void {
  expect(answer.status, where).toBe(expected.status)
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    expect(answer.headers[name], `${name} of ${where}`).toBe(value)
  }
  if (expected.body !== undefined) expect(answer.body, where).toMatchObject(expected.body)
  for (const [key, least] of Object.entries(expected.atLeast ?? {})) {
    expect(at(answer.body, key.split('/')), `${key} of ${where}`).toBeGreaterThanOrEqual(least)
  }
  for (const path of expected.absent ?? []) {
    expect(
      at(answer.body, typeof path === 'string' ? path.split('.') : path),
      `${String(path)} of ${where}`,
    ).toBeUndefined()
  }
  for (const [key, value] of Object.entries(expected.same ?? {})) {
    expect(String(at(answer.body, key.split('/'))), `${key} of ${where}`).toBe(value)
  }
}

function at(body: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], body)
}

/** Replaces `$NAME` in all texts; `expect.capture` names variables and is left alone by having no `$`. */
function fill(step: Step, variables: ReadonlyMap<string, string>): Step {
  const text = JSON.stringify(step).replace(/\$([A-Z]\w*)/g, (whole, name: string) => {
    const value = variables.get(name)
    return value === undefined ? whole : JSON.stringify(value).slice(1, -1)
  })
  return JSON.parse(text) as Step
}

/** Fixtures show queries readable; on the wire blanks and quotes are escaped, what is escaped already stays. */
function encoded(path: string): string {
  return path.replace(/[ "<>[\]]/g, character => encodeURIComponent(character))
}
