// What the console asks the server to do to a person.
import { graphql } from '#web/graphql/graphql.ts'

export const DeactivateMutation = graphql(`
  mutation DeactivateUser($input: UserIdInput!) {
    deactivateUser(input: $input) {
      __typename
      ... on UserPayload {
        user {
          id
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

export const ReactivateMutation = graphql(`
  mutation ReactivateUser($input: UserIdInput!) {
    reactivateUser(input: $input) {
      __typename
      ... on UserPayload {
        user {
          id
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

export const RestoreMutation = graphql(`
  mutation RestoreUser($input: UserIdInput!) {
    restoreUser(input: $input) {
      __typename
      ... on UserPayload {
        user {
          id
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

export const RemoveMutation = graphql(`
  mutation RemoveUser($input: RemoveUserInput!) {
    removeUser(input: $input) {
      __typename
      ... on UserPayload {
        user {
          id
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

export const TransferMutation = graphql(`
  mutation TransferOwnership($input: TransferOwnershipInput!) {
    transferOwnership(input: $input) {
      __typename
      ... on UserPayload {
        user {
          id
          role
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const ChangeRoleMutation = graphql(`
  mutation ChangeUserRole($input: ChangeUserRoleInput!) {
    changeUserRole(input: $input) {
      __typename
      ... on UserPayload {
        user {
          id
          role
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)
