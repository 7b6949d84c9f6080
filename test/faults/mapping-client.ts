// An admin's automation that previews and saves the group mapping over real HTTP, and follows its jobs.
import { graphqlClient } from './graphql-client.ts'

export interface MappingInput {
  readonly enabled: boolean
  readonly applyToExisting: boolean
  readonly rows: readonly { readonly value: string; readonly group: { readonly groupId: string } }[]
  readonly defaultGroup?: { readonly groupId: string }
}

export interface JobShown {
  readonly state: string
  readonly done: number
  readonly total: number
  readonly result: { readonly people: number; readonly joined: number }
}

export interface MappingClient {
  /** Answers the fingerprint. */
  readonly preview: (mapping: MappingInput) => Promise<string>
  /** The job's id, or the code of the refusal. */
  readonly save: (
    mapping: MappingInput,
    fingerprint: string,
  ) => Promise<{ readonly job?: { readonly id: string }; readonly code?: string }>
  readonly jobAt: (id: string) => Promise<JobShown>
}

/** An id as GraphQL shows it. */
export const globalId = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')

export function mappingClient(url: string, apiKey: string): MappingClient {
  const ask = graphqlClient(url, apiKey)
  return {
    preview: async input => {
      const query =
        'query ($input: GroupMappingInput!) { organization { previewGroupMapping(input: $input) { fingerprint } } }'
      const shown = await ask<{ organization: { previewGroupMapping: { fingerprint: string } } }>(query, {
        input,
      })
      return shown.organization.previewGroupMapping.fingerprint
    },
    save: async (mapping, fingerprint) => {
      const mutation = `mutation ($input: SaveGroupMappingInput!) { saveGroupMapping(input: $input) {
        ... on SaveGroupMappingPayload { job { id } } ... on Error { code } } }`
      const saved = await ask<{ saveGroupMapping: { job?: { id: string }; code?: string } }>(mutation, {
        input: { mapping, fingerprint },
      })
      return saved.saveGroupMapping
    },
    jobAt: async id => {
      const query = 'query ($id: ID!) { node(id: $id) { ... on Job { state done total result } } }'
      return (await ask<{ node: JobShown }>(query, { id })).node
    },
  }
}
