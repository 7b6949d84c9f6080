// How one signs in: password, second step, and who must have one.
import { graphql } from '#web/graphql/graphql.ts'

export const SecurityQuery = graphql(`
  query Security {
    viewer {
      security {
        passwordChangedAt
        twoStepSince
        codesLeft
        twoStepDemanded
        keepsSecrets
        proofUrl
      }
    }
  }
`)

export const ProofQuery = graphql(`
  query Proof {
    viewer {
      security {
        proven
      }
    }
  }
`)

export const ReauthenticateMutation = graphql(`
  mutation Reauthenticate($input: ReauthenticateInput!) {
    reauthenticate(input: $input) {
      __typename
      ... on ReauthenticatePayload {
        minutes
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

export const ChangePasswordMutation = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      __typename
      ... on ChangePasswordPayload {
        ended
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

export const StartTwoStepMutation = graphql(`
  mutation StartTwoStep {
    startTwoStep {
      __typename
      ... on TwoStepSecret {
        uri
        text
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const ConfirmTwoStepMutation = graphql(`
  mutation ConfirmTwoStep($input: TwoStepCodeInput!) {
    confirmTwoStep(input: $input) {
      __typename
      ... on TwoStepCodesPayload {
        codes
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const StartTwoStepAtSignInMutation = graphql(`
  mutation StartTwoStepAtSignIn {
    startTwoStepAtSignIn {
      __typename
      ... on TwoStepSecret {
        uri
        text
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const ConfirmTwoStepAtSignInMutation = graphql(`
  mutation ConfirmTwoStepAtSignIn($input: TwoStepCodeInput!) {
    confirmTwoStepAtSignIn(input: $input) {
      __typename
      ... on SignInWithCodePayload {
        codes
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const CreateTwoStepCodesMutation = graphql(`
  mutation CreateTwoStepCodes {
    createTwoStepCodes {
      __typename
      ... on TwoStepCodesPayload {
        codes
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const TurnTwoStepOffMutation = graphql(`
  mutation TurnTwoStepOff($input: TwoStepCodeInput!) {
    turnTwoStepOff(input: $input) {
      __typename
      ... on TurnTwoStepOffPayload {
        on
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const TwoStepRuleQuery = graphql(`
  query TwoStepRule {
    organization {
      id
      requireTwoStep
    }
    viewer {
      security {
        keepsSecrets
      }
    }
  }
`)

export const RequireTwoStepMutation = graphql(`
  mutation RequireTwoStep($input: RequireTwoStepInput!) {
    requireTwoStep(input: $input) {
      __typename
      ... on RequireTwoStepPayload {
        required
      }
      ... on Error {
        message
        code
      }
    }
  }
`)
