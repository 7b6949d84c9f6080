// Where values and rows come from: the source attribute, and tables from files.
import { graphql } from '#web/graphql/graphql.ts'

export const MappingCsvQuery = graphql(`
  query MappingCsv($csv: CsvText!) {
    organization {
      id
      mappingFromCsv(csv: $csv) {
        rows {
          value
          group {
            id
            name
          }
        }
        faults {
          line
          message
        }
      }
    }
  }
`)

export const SamplesQuery = graphql(`
  query SourceSamples($also: [String!]) {
    organization {
      id
      groupMapping {
        sourceAttribute {
          path
        }
        sourceSamples(also: $also) {
          attribute {
            path
            label
            isDefault
          }
          looked
          withValue
          different
          values {
            value
            count
          }
        }
      }
    }
  }
`)

export const ChangeSourceMutation = graphql(`
  mutation ChangeSource($input: ChangeSourceAttributeInput!) {
    changeSourceAttribute(input: $input) {
      __typename
      ... on ChangeSourceAttributePayload {
        job {
          id
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
