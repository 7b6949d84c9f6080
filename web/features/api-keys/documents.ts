// What the console asks and changes about API keys.
import { graphql } from '#web/graphql/graphql.ts'

export const ApiKeyFields = graphql(`
  fragment ApiKeyFields on ApiKey {
    id
    name
    prefix
    suffix
    scopes
    state
    createdAt
    createdByName
    expiresAt
    revokedAt
    lastUsedAt
    lastUsedIp
  }
`)

export const ApiKeysQuery = graphql(
  `
    query ApiKeys {
      organization {
        id
        apiKeys {
          ...ApiKeyFields
        }
      }
    }
  `,
  [ApiKeyFields],
)

export const CreateApiKeyMutation = graphql(
  `
    mutation CreateApiKey($input: CreateApiKeyInput!) {
      createApiKey(input: $input) {
        __typename
        ... on CreateApiKeyPayload {
          secret
          apiKey {
            ...ApiKeyFields
          }
        }
        ... on InvalidInputError {
          fields {
            path
            message
          }
        }
        ... on Error {
          message
          code
        }
      }
    }
  `,
  [ApiKeyFields],
)

export const RevokeApiKeyMutation = graphql(
  `
    mutation RevokeApiKey($input: RevokeApiKeyInput!) {
      revokeApiKey(input: $input) {
        __typename
        ... on RevokeApiKeyPayload {
          apiKey {
            ...ApiKeyFields
          }
        }
        ... on Error {
          message
          code
        }
      }
    }
  `,
  [ApiKeyFields],
)
