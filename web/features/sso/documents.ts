// What the console asks and changes about single sign-on.
import { graphql } from '#web/graphql/graphql.ts'

export const CertificateFields = graphql(`
  fragment CertificateFields on SsoCertificate {
    fingerprint
    subject
    bits
    validFrom
    validTo
    daysLeft
    state
    body
  }
`)

export const SsoFields = graphql(
  `
    fragment SsoFields on Sso {
      status
      lockedReason
      requiredForProvisioning
      enforced
      enforcedAt
      audienceUrl
      acsUrl
      metadataUrl
      loginUrl
      entityId
      signInUrl
      sessionHours
      signed
      nameIdFormat
      matchAttribute
      allowIdpInitiated
      signRequests
      allowCbc
      keyMissing
      certificateUrl
      keys {
        fingerprint
        signs
        createdAt
      }
      recoveryCodesLeft
      changedAt
      changedByName
      certificates {
        ...CertificateFields
      }
      lastTest {
        at
        passed
        code
        message
        byName
      }
    }
  `,
  [CertificateFields],
)

export const SsoQuery = graphql(
  `
    query Sso {
      organization {
        id
        name
        provisioning {
          enforced
        }
        sso {
          ...SsoFields
        }
      }
    }
  `,
  [SsoFields],
)

export const ConfigureSsoMutation = graphql(`
  mutation ConfigureSso($input: ConfigureSsoInput!) {
    configureSso(input: $input) {
      __typename
      ... on ConfigureSsoPayload {
        sso {
          status
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

export const ReadMetadataMutation = graphql(
  `
    mutation ReadSsoMetadata($input: ReadSsoMetadataInput!) {
      readSsoMetadata(input: $input) {
        __typename
        ... on ReadSsoMetadataPayload {
          entityId
          signInUrl
          certificates {
            ...CertificateFields
          }
          wantsSignedRequests
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
  [CertificateFields],
)

export const TestSsoMutation = graphql(`
  mutation TestSso {
    testSso {
      __typename
      ... on TestSsoPayload {
        url
        expiresAt
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const EnforceSsoMutation = graphql(`
  mutation EnforceSso($input: EnforceSsoInput!) {
    enforceSso(input: $input) {
      __typename
      ... on EnforceSsoPayload {
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

export const CreateRecoveryCodesMutation = graphql(`
  mutation CreateRecoveryCodes {
    createRecoveryCodes {
      __typename
      ... on CreateRecoveryCodesPayload {
        codes
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const AddCertificateMutation = graphql(`
  mutation AddSsoCertificate($input: AddSsoCertificateInput!) {
    addSsoCertificate(input: $input) {
      __typename
      ... on AddSsoCertificatePayload {
        sso {
          status
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

export const RemoveCertificateMutation = graphql(`
  mutation RemoveSsoCertificate($input: RemoveSsoCertificateInput!) {
    removeSsoCertificate(input: $input) {
      __typename
      ... on RemoveSsoCertificatePayload {
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

export const DisableSsoMutation = graphql(`
  mutation DisableSso($input: DisableSsoInput!) {
    disableSso(input: $input) {
      __typename
      ... on DisableSsoPayload {
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

export const DeleteSsoMutation = graphql(`
  mutation DeleteSso($input: DeleteSsoInput!) {
    deleteSso(input: $input) {
      __typename
      ... on DeleteSsoPayload {
        sso {
          status
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
