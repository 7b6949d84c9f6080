// What the console asks about the person who looks at it.
import { graphql } from '#web/graphql/graphql.ts'

export const SessionQuery = graphql(`
  query Session {
    viewer {
      kind
    }
  }
`)

export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      kind
      contact
      user {
        id
        displayName
        email
        role
      }
      organization {
        id
        name
        entitlements {
          groups
          managedEvents
          managedEventLocks
          activityLog
        }
      }
      permissions {
        manageSso
        manageProvisioning
        manageUsers
        manageApiKeys
        readProvisioningLog
        restoreUsers
        readActivity
        readNotices
        readMappings
        manageMappings
        readGroups
        manageGroups
        readManagedEvents
        manageManagedEvents
      }
    }
  }
`)

export const SignInMutation = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      __typename
      ... on SignInPayload {
        viewer {
          kind
        }
        chooseOrganization {
          id
          name
        }
        secondStep
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

export const SignInWithCodeMutation = graphql(`
  mutation SignInWithCode($input: TwoStepCodeInput!) {
    signInWithCode(input: $input) {
      __typename
      ... on SignInWithCodePayload {
        viewer {
          kind
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const SignInWaysQuery = graphql(`
  query SignInWays($email: String!) {
    signInWays(email: $email) {
      organizationName
      url
      enforced
    }
  }
`)

export const RecoverySignInMutation = graphql(`
  mutation SignInWithRecoveryCode($input: SignInWithRecoveryCodeInput!) {
    signInWithRecoveryCode(input: $input) {
      __typename
      ... on SignInWithRecoveryCodePayload {
        viewer {
          kind
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const SessionsQuery = graphql(`
  query Sessions {
    viewer {
      sessions {
        id
        current
        way
        createdAt
        seenAt
        expiresAt
        ip
        client
      }
    }
  }
`)

export const EndSessionMutation = graphql(`
  mutation EndSession($input: EndSessionInput!) {
    endSession(input: $input) {
      __typename
      ... on EndSessionPayload {
        ended
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const EndOtherSessionsMutation = graphql(`
  mutation EndOtherSessions {
    endOtherSessions {
      __typename
      ... on EndOtherSessionsPayload {
        ended
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const SignOutMutation = graphql(`
  mutation SignOut {
    signOut {
      signedOut
    }
  }
`)

export const SetupInvitationQuery = graphql(`
  query SetupInvitation($secret: String!) {
    setupInvitation(secret: $secret) {
      organizationName
      ownerEmail
      expiresAt
    }
  }
`)

export const CompleteSetupMutation = graphql(`
  mutation CompleteSetup($input: CompleteSetupInput!) {
    completeSetup(input: $input) {
      __typename
      ... on CompleteSetupPayload {
        viewer {
          kind
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
