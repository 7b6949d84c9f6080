// What can be done to a group.
import { graphql } from '#web/graphql/graphql.ts'

export const CreateGroupMutation = graphql(`
  mutation CreateGroup($input: CreateGroupInput!) {
    createGroup(input: $input) {
      __typename
      ... on GroupPayload {
        group {
          id
          name
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

export const RenameGroupMutation = graphql(`
  mutation RenameGroup($input: RenameGroupInput!) {
    renameGroup(input: $input) {
      __typename
      ... on GroupPayload {
        group {
          id
          name
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

export const DeleteGroupMutation = graphql(`
  mutation DeleteGroup($input: DeleteGroupInput!) {
    deleteGroup(input: $input) {
      __typename
      ... on DeleteGroupPayload {
        deletedId
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const AddGroupMembersMutation = graphql(`
  mutation AddGroupMembers($input: AddGroupMembersInput!) {
    addGroupMembers(input: $input) {
      __typename
      ... on GroupPayload {
        moved
        group {
          id
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const RemoveGroupMembersMutation = graphql(`
  mutation RemoveGroupMembers($input: RemoveGroupMembersInput!) {
    removeGroupMembers(input: $input) {
      __typename
      ... on GroupPayload {
        moved
        group {
          id
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const SetGroupAdminsMutation = graphql(`
  mutation SetGroupAdmins($input: SetGroupAdminsInput!) {
    setGroupAdmins(input: $input) {
      __typename
      ... on GroupPayload {
        group {
          id
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)
