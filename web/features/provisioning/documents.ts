// What the console asks and changes about SCIM provisioning itself.
import { graphql } from '#web/graphql/graphql.ts'

export const ProvisioningFields = graphql(`
  fragment ProvisioningFields on Provisioning {
    enforced
    enforcedAt
    lockedReason
    baseUrl
    deletionGraceDays
    logRetentionDays
    userNameMustBeEmail
    patchAnswersNoContent
    strict
    acceptsGroups
    unknownMembers
  }
`)

export const ProvisioningQuery = graphql(
  `
    query Provisioning {
      organization {
        id
        name
        entitlements {
          scim
        }
        userCounts {
          pending
          active
          deactivated
        }
        provisioning {
          ...ProvisioningFields
          health {
            notLinked
          }
        }
      }
    }
  `,
  [ProvisioningFields],
)

export const EnforceMutation = graphql(
  `
    mutation Enforce($input: EnforceProvisioningInput!) {
      enforceProvisioning(input: $input) {
        __typename
        ... on EnforceProvisioningPayload {
          provisioning {
            ...ProvisioningFields
          }
        }
        ... on Error {
          message
          code
        }
      }
    }
  `,
  [ProvisioningFields],
)

export const ConfigureMutation = graphql(
  `
    mutation Configure($input: ConfigureProvisioningInput!) {
      configureProvisioning(input: $input) {
        __typename
        ... on ConfigureProvisioningPayload {
          provisioning {
            ...ProvisioningFields
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
  [ProvisioningFields],
)

export const DeleteConfigurationMutation = graphql(
  `
    mutation DeleteConfiguration($input: DeleteProvisioningConfigurationInput!) {
      deleteProvisioningConfiguration(input: $input) {
        __typename
        ... on DeleteProvisioningConfigurationPayload {
          provisioning {
            ...ProvisioningFields
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
  [ProvisioningFields],
)
