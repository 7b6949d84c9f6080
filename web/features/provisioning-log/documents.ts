// What the console asks about requests and events of provisioning.
import { graphql } from '#web/graphql/graphql.ts'

export const ExchangeRowFields = graphql(`
  fragment ExchangeRowFields on Exchange {
    id
    cursor
    sequence
    occurredAt
    method
    path
    query
    status
    outcome
    durationMs
    summary
    changedNothing
  }
`)

export const EventRowFields = graphql(`
  fragment EventRowFields on ProvisioningEvent {
    id
    cursor
    sequence
    occurredAt
    type
    sentence
    exchange {
      id
      method
      path
      status
      outcome
      durationMs
    }
  }
`)

export const ExchangesQuery = graphql(
  `
    query Exchanges($filter: ExchangeFilter, $first: Int, $after: String) {
      organization {
        id
        exchanges(filter: $filter, first: $first, after: $after) {
          totalCount
          headCursor
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...ExchangeRowFields
          }
        }
      }
    }
  `,
  [ExchangeRowFields],
)

export const EventsQuery = graphql(
  `
    query ProvisioningEvents($filter: ProvisioningEventFilter, $first: Int, $after: String) {
      organization {
        id
        provisioningEvents(filter: $filter, first: $first, after: $after) {
          headCursor
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...EventRowFields
          }
        }
      }
    }
  `,
  [EventRowFields],
)

export const ExchangesSubscription = graphql(
  `
    subscription LiveExchanges($after: String, $filter: ExchangeFilter) {
      exchanges(after: $after, filter: $filter) {
        cursor
        exchange {
          ...ExchangeRowFields
        }
      }
    }
  `,
  [ExchangeRowFields],
)

export const EventsSubscription = graphql(
  `
    subscription LiveEvents($after: String, $filter: ProvisioningEventFilter) {
      provisioningEvents(after: $after, filter: $filter) {
        cursor
        event {
          ...EventRowFields
        }
      }
    }
  `,
  [EventRowFields],
)

export const ExchangeDetailFields = graphql(
  `
    fragment ExchangeDetailFields on Exchange {
      ...ExchangeRowFields
      requestId
      scimType
      identityProvider
      client
      ip
      tokenName
      requestHeaders
      requestBody
      responseBody
      user {
        id
        displayName
      }
      changes {
        path
        before
        after
      }
      quirks {
        id
        sentence
      }
      events {
        id
        type
        sentence
      }
    }
  `,
  [ExchangeRowFields],
)

export const LineDetailQuery = graphql(
  `
    query LineDetail($id: ID!) {
      organization {
        id
        provisioning {
          baseUrl
        }
      }
      node(id: $id) {
        __typename
        ... on Exchange {
          ...ExchangeDetailFields
        }
        ... on ProvisioningEvent {
          id
          occurredAt
          type
          sentence
          actorName
          subjectName
          user {
            id
            displayName
          }
          changes {
            path
            before
            after
          }
          exchange {
            ...ExchangeDetailFields
          }
        }
      }
    }
  `,
  [ExchangeDetailFields],
)

export const PersonNameQuery = graphql(`
  query PersonName($id: ID!) {
    node(id: $id) {
      __typename
      ... on User {
        id
        displayName
      }
    }
  }
`)
