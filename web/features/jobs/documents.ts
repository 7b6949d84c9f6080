// What the console asks about long work, and how it stops it.
import { graphql } from '#web/graphql/graphql.ts'

export const JobFields = graphql(`
  fragment JobFields on Job {
    id
    kind
    state
    over
    done
    total
    result
    error
    stoppable
    startedBy
    createdAt
    startedAt
  }
`)

export const JobsQuery = graphql(
  `
    query Jobs {
      organization {
        id
        jobs {
          ...JobFields
        }
      }
    }
  `,
  [JobFields],
)

export const JobSubscription = graphql(
  `
    subscription JobProgress($id: ID!) {
      job(id: $id) {
        ...JobFields
      }
    }
  `,
  [JobFields],
)

export const CancelJobMutation = graphql(`
  mutation CancelJob($input: CancelJobInput!) {
    cancelJob(input: $input) {
      __typename
      ... on CancelJobPayload {
        job {
          id
          state
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)
