// What the console asks about notices.
import { graphql } from '#web/graphql/graphql.ts'

export const NoticesQuery = graphql(`
  query Notices {
    organization {
      id
      notices(first: 50) {
        nodes {
          id
          kind
          subjectName
          daysBefore
          noticedAt
          expiresAt
          beganAt
          resolvedAt
          dismissedAt
        }
      }
    }
  }
`)

export const UndeliveredQuery = graphql(`
  query Undelivered {
    organization {
      id
      undeliveredMails {
        id
        recipient
        subject
        createdAt
        failure
        givenUpAt
      }
    }
  }
`)

export const OpenNoticesSubscription = graphql(`
  subscription OpenNotices {
    openNotices
  }
`)

export const DismissNoticeMutation = graphql(`
  mutation DismissNotice($input: DismissNoticeInput!) {
    dismissNotice(input: $input) {
      __typename
      ... on DismissNoticePayload {
        notice {
          id
          dismissedAt
        }
      }
      ... on Error {
        message
      }
    }
  }
`)
