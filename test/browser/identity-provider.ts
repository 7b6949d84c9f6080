// An identity provider's calls, made from outside of the browser with what an admin copied out of it.
import { urn } from '#server/scim/index.ts'

export interface Provider {
  /** Status and body of one call below the base URL. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }>
  /** Creates a person and answers the id. */
  readonly create: (name: string) => Promise<string>
  /** PATCH with `replace` of these attributes. */
  readonly replace: (id: string, attributes: Readonly<Record<string, unknown>>) => Promise<number>
}

/** A person as Entra ID would send it. */
export function personNamed(name: string): Readonly<Record<string, unknown>> {
  const [givenName = '', familyName = ''] = name.split(' ')
  const userName = `${name.toLowerCase().replace(' ', '.')}@example.com`
  return {
    schemas: [urn.user, urn.enterpriseUser],
    userName,
    externalId: `hr-${familyName.toLowerCase()}`,
    displayName: name,
    name: { givenName, familyName },
    emails: [{ value: userName, type: 'work', primary: true }],
    title: 'Engineer',
    active: true,
    [urn.enterpriseUser]: { department: 'Research' },
  }
}

export function identityProvider(baseUrl: string, token: string): Provider {
  const call: Provider['call'] = async (method, path, body) => {
    const answer = await fetch(baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    const parsed: unknown = text === '' ? {} : JSON.parse(text)
    return { status: answer.status, body: parsed as Readonly<Record<string, unknown>> }
  }
  return {
    call,
    create: async name => {
      const { status, body } = await call('POST', '/Users', personNamed(name))
      if (status !== 201)
        throw new Error(`Creating ${name} was answered with ${status}: ${JSON.stringify(body)}`)
      return body['id'] as string
    },
    replace: async (id, attributes) => {
      const operations = [{ op: 'replace', value: attributes }]
      const answer = await call('PATCH', `/Users/${id}`, { schemas: [urn.patchOp], Operations: operations })
      return answer.status
    },
  }
}
