// What can be done to managed events and their copies.
import { graphql } from '#web/graphql/graphql.ts'

export const CreateEventMutation = graphql(`
  mutation CreateManagedEvent($input: CreateManagedEventInput!) {
    createManagedEvent(input: $input) {
      __typename
      ... on ManagedEventPayload {
        managedEvent {
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

export const UpdateEventMutation = graphql(`
  mutation UpdateManagedEvent($input: UpdateManagedEventInput!) {
    updateManagedEvent(input: $input) {
      __typename
      ... on ManagedEventPayload {
        managedEvent {
          id
          revision
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

export const DuplicateEventMutation = graphql(`
  mutation DuplicateManagedEvent($input: ManagedEventIdInput!) {
    duplicateManagedEvent(input: $input) {
      __typename
      ... on ManagedEventPayload {
        managedEvent {
          id
          name
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const DeleteEventMutation = graphql(`
  mutation DeleteManagedEvent($input: ManagedEventIdInput!) {
    deleteManagedEvent(input: $input) {
      __typename
      ... on DeleteManagedEventPayload {
        deletedId
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const AssignEventMutation = graphql(`
  mutation AssignManagedEvent($input: AssignManagedEventInput!) {
    assignManagedEvent(input: $input) {
      __typename
      ... on ManagedEventPayload {
        copies
        job {
          id
        }
        managedEvent {
          id
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const UnassignEventMutation = graphql(`
  mutation UnassignManagedEvent($input: UnassignManagedEventInput!) {
    unassignManagedEvent(input: $input) {
      __typename
      ... on ManagedEventPayload {
        copies
        managedEvent {
          id
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)

export const UpdateCopyMutation = graphql(`
  mutation UpdateManagedEventCopy($input: UpdateManagedEventCopyInput!) {
    updateManagedEventCopy(input: $input) {
      __typename
      ... on UpdateManagedEventCopyPayload {
        copy {
          managedEventId
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
