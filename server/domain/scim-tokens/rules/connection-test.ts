// What an identity provider's first calls look like, and what each wrong answer means for an admin.

/** A call to the organization's own SCIM address. */
export interface ProbeCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the base URL, for example `/Users/018f…`. */
  readonly path: string
  readonly body?: unknown
}

export interface ProbeAnswer {
  readonly status: number
  /** The parsed JSON; null for an empty or unreadable body. */
  readonly body: unknown
  readonly durationMs: number
}

/** One of the first calls; `judge` answers null when all is well, else cause and fix. */
export interface ConnectionStep {
  readonly name: string
  readonly done: string
  readonly call: (probe: { userName: string; userId: string }) => ProbeCall
  readonly judge: (answer: ProbeAnswer) => string | null
}

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** In the order of the calls: what comes later needs what came before. */
export const connectionSteps: readonly ConnectionStep[] = [
  {
    name: 'Reach the base URL',
    done: 'Rollcall answers at the base URL.',
    call: () => ({ method: 'GET', path: '/ServiceProviderConfig' }),
    judge: answer => expect(answer, { status: 200, fix: 'Check that the base URL leads to this server.' }),
  },
  {
    name: 'Accept the token',
    done: 'The token opens the door.',
    call: () => ({ method: 'GET', path: '/Users?count=1' }),
    judge: answer =>
      answer.status === 401 ? wrongToken : expect(answer, { status: 200, fix: 'Read the reason above.' }),
  },
  {
    name: 'Read what is supported',
    done: 'PATCH and filters are offered.',
    call: () => ({ method: 'GET', path: '/ServiceProviderConfig' }),
    judge: ({ body }) =>
      isSupported(body, 'patch') && isSupported(body, 'filter')
        ? null
        : 'The answer does not offer PATCH and filters. Something between Rollcall and its callers changes answers: check the proxy.',
  },
  {
    name: 'Search for someone unknown',
    done: 'Nobody was found, as it must be.',
    call: ({ userName }) => ({
      method: 'GET',
      path: `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`,
    }),
    judge: answer =>
      expect(answer, { status: 200, fix: 'Read the reason above.' }) ??
      (field(answer.body, 'totalResults') === 0
        ? null
        : 'Somebody was found who cannot exist. Tell your operator.'),
  },
  {
    name: 'Create a test person',
    done: 'A test person was created.',
    call: ({ userName }) => ({
      method: 'POST',
      path: '/Users',
      body: {
        schemas: [userSchema],
        userName,
        displayName: 'Connection test',
        emails: [{ value: userName, type: 'work', primary: true }],
        active: true,
      },
    }),
    judge: answer =>
      expect(answer, {
        status: 201,
        fix: 'Fix it, then test again: your identity provider would fail here too.',
      }),
  },
  {
    name: 'Read the test person',
    done: 'The test person was read back.',
    call: ({ userId }) => ({ method: 'GET', path: `/Users/${userId}` }),
    judge: answer => expect(answer, { status: 200, fix: 'Test again; if it stays, tell your operator.' }),
  },
  {
    name: 'Deactivate the test person',
    done: 'The test person was deactivated.',
    call: ({ userId }) => ({
      method: 'PATCH',
      path: `/Users/${userId}`,
      body: { schemas: [patchSchema], Operations: [{ op: 'replace', path: 'active', value: false }] },
    }),
    judge: answer =>
      answer.status === 204
        ? null
        : expect(answer, { status: 200, fix: 'Test again; if it stays, tell your operator.' }),
  },
  {
    name: 'Delete the test person',
    done: 'The test person is gone.',
    call: ({ userId }) => ({ method: 'DELETE', path: `/Users/${userId}` }),
    judge: answer => expect(answer, { status: 204, fix: 'Delete the person "Connection test" under Users.' }),
  },
]

const wrongToken =
  'The token was refused: it is mistyped, expired, revoked, or of another organization. Generate a new one and copy all of it.'

function expect(answer: ProbeAnswer, wanted: { status: number; fix: string }): string | null {
  if (answer.status === wanted.status) return null
  const reason = field(answer.body, 'detail')
  const said = typeof reason === 'string' ? ` ${reason}` : ''
  return `SCIM answered ${String(answer.status)} instead of ${String(wanted.status)}.${said} ${wanted.fix}`
}

function isSupported(body: unknown, feature: string): boolean {
  return field(field(body, feature), 'supported') === true
}

/** A field of parsed JSON; undefined when there is none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
