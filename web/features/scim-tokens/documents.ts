// What the console asks and changes about the identity provider's bearer tokens.
import { graphql } from '#web/graphql/graphql.ts'

export const TokenFields = graphql(`
  fragment TokenFields on ScimToken {
    id
    name
    prefix
    suffix
    state
    createdAt
    createdByName
    expiresAt
    daysLeft
    revokedAt
    endsOnFirstUse
    replacedBy {
      id
      name
    }
    lastUsedAt
    lastUsedIp
    lastUsedClient
  }
`)

export const TokensQuery = graphql(
  `
    query ScimTokens {
      organization {
        id
        scimTokens {
          ...TokenFields
        }
      }
    }
  `,
  [TokenFields],
)

export const IssueMutation = graphql(
  `
    mutation IssueScimToken($input: IssueScimTokenInput!) {
      issueScimToken(input: $input) {
        __typename
        ... on IssueScimTokenPayload {
          secret
          token {
            ...TokenFields
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
  [TokenFields],
)

export const RotateMutation = graphql(
  `
    mutation RotateScimToken($input: RotateScimTokenInput!) {
      rotateScimToken(input: $input) {
        __typename
        ... on RotateScimTokenPayload {
          secret
          token {
            ...TokenFields
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
  [TokenFields],
)

export const RevokeMutation = graphql(
  `
    mutation RevokeScimToken($input: RevokeScimTokenInput!) {
      revokeScimToken(input: $input) {
        __typename
        ... on RevokeScimTokenPayload {
          token {
            ...TokenFields
          }
        }
        ... on Error {
          message
          code
        }
      }
    }
  `,
  [TokenFields],
)

export const TestMutation = graphql(`
  mutation TestScimConnection($input: TestScimConnectionInput!) {
    testScimConnection(input: $input) {
      __typename
      ... on TestScimConnectionPayload {
        ok
        steps {
          name
          ok
          detail
          durationMs
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
`)
