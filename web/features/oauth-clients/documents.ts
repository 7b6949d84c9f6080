// What the console asks and changes about the identity provider's OAuth clients.
import { graphql } from '#web/graphql/graphql.ts'

export const ClientFields = graphql(`
  fragment OauthClientFields on OauthClient {
    id
    clientId
    name
    authentication
    state
    tokenUrl
    accessTokenMinutes
    jwksUri
    createdAt
    createdByName
    revokedAt
    lastUsedAt
    lastUsedIp
    lastUsedClient
    secrets {
      id
      prefix
      suffix
      state
      expiresAt
      revokedAt
    }
    keys {
      kid
      kind
      thumbprint
    }
  }
`)

export const ClientsQuery = graphql(
  `
    query OauthClients {
      organization {
        id
        oauthClients(first: 50) {
          nodes {
            ...OauthClientFields
          }
        }
      }
    }
  `,
  [ClientFields],
)

export const CreateClientMutation = graphql(
  `
    mutation CreateOauthClient($input: CreateOauthClientInput!) {
      createOauthClient(input: $input) {
        __typename
        ... on CreateOauthClientPayload {
          secret
          client {
            ...OauthClientFields
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
  [ClientFields],
)

export const RotateSecretMutation = graphql(
  `
    mutation RotateOauthClientSecret($input: RotateOauthClientSecretInput!) {
      rotateOauthClientSecret(input: $input) {
        __typename
        ... on RotateOauthClientSecretPayload {
          secret
          client {
            ...OauthClientFields
          }
        }
        ... on Error {
          message
          code
        }
      }
    }
  `,
  [ClientFields],
)

export const RevokeSecretMutation = graphql(
  `
    mutation RevokeOauthClientSecret($input: RevokeOauthClientSecretInput!) {
      revokeOauthClientSecret(input: $input) {
        __typename
        ... on RevokeOauthClientSecretPayload {
          client {
            ...OauthClientFields
          }
        }
        ... on Error {
          message
          code
        }
      }
    }
  `,
  [ClientFields],
)

export const ReplaceKeysMutation = graphql(
  `
    mutation ReplaceOauthClientKeys($input: ReplaceOauthClientKeysInput!) {
      replaceOauthClientKeys(input: $input) {
        __typename
        ... on ReplaceOauthClientKeysPayload {
          client {
            ...OauthClientFields
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
  [ClientFields],
)

export const RevokeClientMutation = graphql(
  `
    mutation RevokeOauthClient($input: RevokeOauthClientInput!) {
      revokeOauthClient(input: $input) {
        __typename
        ... on RevokeOauthClientPayload {
          client {
            ...OauthClientFields
          }
        }
        ... on Error {
          message
          code
        }
      }
    }
  `,
  [ClientFields],
)
