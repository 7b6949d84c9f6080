// What the console asks and changes about a person's own meeting types.
import { graphql } from '#web/graphql/graphql.ts'

export const OwnEventTypesQuery = graphql(`
  query OwnEventTypes {
    viewer {
      user {
        id
        eventTypes {
          id
          name
          slug
          durationMinutes
          createdAt
        }
      }
    }
  }
`)

export const CreateEventTypeMutation = graphql(`
  mutation CreateEventType($input: CreateEventTypeInput!) {
    createEventType(input: $input) {
      __typename
      ... on EventTypePayload {
        eventType {
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

export const UpdateEventTypeMutation = graphql(`
  mutation UpdateEventType($input: UpdateEventTypeInput!) {
    updateEventType(input: $input) {
      __typename
      ... on EventTypePayload {
        eventType {
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

export const DeleteEventTypeMutation = graphql(`
  mutation DeleteEventType($input: DeleteEventTypeInput!) {
    deleteEventType(input: $input) {
      __typename
      ... on DeleteEventTypePayload {
        deletedId
      }
      ... on Error {
        message
        code
      }
    }
  }
`)
