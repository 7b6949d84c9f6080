// How the console changes our own key in single sign-on.
import { graphql } from '#web/graphql/graphql.ts'

export const RotateKeyMutation = graphql(`
  mutation RotateSsoKey {
    rotateSsoKey {
      __typename
      ... on RotateSsoKeyPayload {
        sso {
          status
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const RemoveKeyMutation = graphql(`
  mutation RemoveSsoKey($input: RemoveSsoKeyInput!) {
    removeSsoKey(input: $input) {
      __typename
      ... on RemoveSsoKeyPayload {
        sso {
          status
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)
