// What the console asks about managed events and their copies.
import { graphql } from '#web/graphql/graphql.ts'

export const EventRowFields = graphql(`
  fragment EventRowFields on ManagedEvent {
    id
    name
    slug
    durationMinutes
    kind
    colour
    lockedSections
    holderCount
    groups {
      id
      name
    }
    peopleCount
    changedAt
    changedBy
  }
`)

export const SectionFields = graphql(`
  fragment SectionFields on ManagedEventSections {
    details {
      content {
        name
        durationMinutes
        kind
        colour
        description
        capacity
      }
      locked
      own
      editedAt
      editedBy
    }
    location {
      content {
        kind
        detail
      }
      locked
      own
      editedAt
      editedBy
    }
    questions {
      content {
        list {
          kind
          label
          options
          required
        }
      }
      locked
      own
      editedAt
      editedBy
    }
    notifications {
      content {
        cancellationPolicy
        reminders {
          channel
          minutesBefore
        }
      }
      locked
      own
      editedAt
      editedBy
    }
    booking {
      content {
        slug
        minimumNoticeMinutes
        bufferBeforeMinutes
        bufferAfterMinutes
        daysAhead
      }
      locked
      own
      editedAt
      editedBy
    }
  }
`)

export const EventsQuery = graphql(
  `
    query ManagedEvents(
      $search: String
      $groupId: ID
      $orderBy: ManagedEventOrder
      $first: Int
      $after: String
    ) {
      organization {
        id
        managedEvents(search: $search, groupId: $groupId, orderBy: $orderBy, first: $first, after: $after) {
          totalCount
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

export const EventQuery = graphql(
  `
    query ManagedEvent($id: ID!) {
      node(id: $id) {
        __typename
        ... on ManagedEvent {
          ...EventRowFields
          revision
          editable
          sections {
            ...SectionFields
          }
        }
      }
    }
  `,
  [EventRowFields, SectionFields],
)

export const UpdatePreviewQuery = graphql(`
  query ManagedEventUpdatePreview($input: UpdateManagedEventInput!) {
    organization {
      id
      previewManagedEventUpdate(input: $input) {
        copiesChanged
        synced
        unreached
        overwritten {
          section
          people
        }
        slugClashes
      }
    }
  }
`)

export const AssignmentPreviewQuery = graphql(`
  query ManagedEventAssignmentPreview($input: PreviewManagedEventAssignmentInput!) {
    organization {
      id
      previewManagedEventAssignment(input: $input, first: 20) {
        gain
        lose
        returning
        slugClashes
        people {
          id
          displayName
          change
          returns
          clashSlug
        }
      }
    }
  }
`)

export const CopyFields = graphql(
  `
    fragment CopyFields on ManagedEventCopy {
      managedEventId
      slug
      since
      heldThrough
      assignedInPerson
      sections {
        ...SectionFields
      }
    }
  `,
  [SectionFields],
)

export const OwnCopiesQuery = graphql(
  `
    query OwnCopies {
      viewer {
        user {
          id
          managedEventCopies {
            ...CopyFields
          }
        }
      }
    }
  `,
  [CopyFields],
)

export const CopiesOfQuery = graphql(
  `
    query CopiesOf($id: ID!) {
      node(id: $id) {
        __typename
        ... on User {
          id
          managedEventCopies {
            ...CopyFields
          }
        }
      }
    }
  `,
  [CopyFields],
)
