// What the console asks and changes about tolerated deviations.
import { graphql } from '#web/graphql/graphql.ts'

export const DeviationFields = graphql(`
  fragment DeviationFields on ToleratedDeviation {
    id
    sentence
    rfc
    strict
    uses {
      connectionId
      connectionName
      count
      firstSeenAt
      lastSeenAt
      lastExchange {
        id
      }
    }
  }
`)

export const DeviationsQuery = graphql(
  `
    query Deviations {
      organization {
        id
        provisioning {
          toleratedDeviations {
            ...DeviationFields
          }
        }
      }
    }
  `,
  [DeviationFields],
)

export const ConfigureDeviationMutation = graphql(`
  mutation ConfigureDeviation($input: ConfigureDeviationInput!) {
    configureDeviation(input: $input) {
      __typename
      ... on Error {
        message
        code
      }
    }
  }
`)
