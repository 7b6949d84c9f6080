// What can be done to people who are chosen together.
import { graphql } from '#web/graphql/graphql.ts'

export const JoinGroupMutation = graphql(`
  mutation JoinGroup($input: AddGroupMembersInput!) {
    addGroupMembers(input: $input) {
      __typename
      ... on GroupPayload {
        moved
        givenUserIds
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const LeaveGroupMutation = graphql(`
  mutation LeaveGroup($input: RemoveGroupMembersInput!) {
    removeGroupMembers(input: $input) {
      __typename
      ... on GroupPayload {
        moved
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const AssignToPeopleMutation = graphql(`
  mutation AssignToPeople($input: AssignManagedEventInput!) {
    assignManagedEvent(input: $input) {
      __typename
      ... on ManagedEventPayload {
        copies
        assignedUserIds
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const UnassignFromPeopleMutation = graphql(`
  mutation UnassignFromPeople($input: UnassignManagedEventInput!) {
    unassignManagedEvent(input: $input) {
      __typename
      ... on ManagedEventPayload {
        copies
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const ChangeRolesMutation = graphql(`
  mutation ChangeRoles($input: ChangeUserRolesInput!) {
    changeUserRoles(input: $input) {
      __typename
      ... on ChangeUserRolesPayload {
        changed {
          id
          before
        }
        passedOver {
          id
          displayName
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

export const ResendMutation = graphql(`
  mutation ResendToPeople($input: ResendInvitationsInput!) {
    resendInvitations(input: $input) {
      __typename
      ... on ResendInvitationsPayload {
        invited {
          address
          link
        }
        passedOver {
          id
          displayName
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
