// Asks the GraphQL API over real HTTP with an API key.

type Ask = <Data>(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>

/** Answers `data`; throws with status and body when there is none or there are errors. */
export function graphqlClient(url: string, apiKey: string): Ask {
  return async <Data>(query: string, variables: Readonly<Record<string, unknown>> = {}) => {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    const text = await answer.text()
    const { data, errors } = JSON.parse(text) as { data?: Data; errors?: unknown }
    if (!answer.ok || errors !== undefined || data === undefined) throw new Error(`${answer.status} ${text}`)
    return data
  }
}
