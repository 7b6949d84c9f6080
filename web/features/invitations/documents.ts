// What the console asks and changes about invitations.
import { graphql } from '#web/graphql/graphql.ts'

export const InvitationSettingsQuery = graphql(`
  query InvitationSettings {
    installation {
      mailConfigured
    }
    organization {
      id
      mailsInvitations
      seats {
        free
      }
      entitlements {
        groups
      }
      provisioning {
        enforced
      }
    }
  }
`)

export const ConfigureInvitationsMutation = graphql(`
  mutation ConfigureInvitations($input: ConfigureInvitationsInput!) {
    configureInvitations(input: $input) {
      __typename
      ... on ConfigureInvitationsPayload {
        organization {
          id
          mailsInvitations
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const GroupsToJoinQuery = graphql(`
  query GroupsToJoin($search: String) {
    organization {
      id
      groups(first: 50, search: $search) {
        nodes {
          id
          name
        }
      }
    }
  }
`)

export const InviteUsersMutation = graphql(`
  mutation InviteUsers($input: InviteUsersInput!) {
    inviteUsers(input: $input) {
      __typename
      ... on InviteUsersPayload {
        invited {
          address
          link
        }
      }
      ... on Error {
        message
        code
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`)

export const ResendInvitationMutation = graphql(`
  mutation ResendInvitation($input: UserIdInput!) {
    resendInvitation(input: $input) {
      __typename
      ... on ResendInvitationPayload {
        invited {
          address
          link
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const WithdrawInvitationMutation = graphql(`
  mutation WithdrawInvitation($input: UserIdInput!) {
    withdrawInvitation(input: $input) {
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

export const InvitationQuery = graphql(`
  query Invitation($secret: String!) {
    invitation(secret: $secret) {
      organizationName
      address
      name
      nameManaged
      state
      contact
      signInUrl
      takesPassword
    }
  }
`)

export const AcceptInvitationMutation = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      __typename
      ... on AcceptInvitationPayload {
        viewer {
          kind
        }
      }
      ... on Error {
        message
        code
      }
      ... on InvalidInputError {
        fields {
          path
          message
        }
      }
    }
  }
`)
