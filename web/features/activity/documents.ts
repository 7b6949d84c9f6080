// What the console asks about the activity log.
import { graphql } from '#web/graphql/graphql.ts'

export const ActivityQuery = graphql(`
  query Activity($first: Int!, $after: String, $filter: ActivityFilter) {
    organization {
      id
      activity(first: $first, after: $after, filter: $filter) {
        totalCount
        nodes {
          id
          occurredAt
          actorKind
          actorName
          action
          category
          subjectName
          changes {
            path
            before
            after
          }
          requestId
          ip
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

export const RetentionQuery = graphql(`
  query ActivityRetention {
    organization {
      id
      provisioning {
        logRetentionDays
      }
    }
  }
`)
