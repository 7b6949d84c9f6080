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

/** Lines that came after the newest one that is shown; a hundred are told as a hundred. */
export const NewActivityQuery = graphql(`
  query NewActivity($newest: String!, $filter: ActivityFilter) {
    organization {
      id
      activity(last: 100, before: $newest, filter: $filter) {
        nodes {
          id
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
