// What the console asks about people who are chosen together.
import { graphql } from '#web/graphql/graphql.ts'

export const GroupsForPeopleQuery = graphql(`
  query GroupsForPeople($search: String) {
    organization {
      id
      groups(first: 50, search: $search) {
        nodes {
          id
          name
        }
      }
    }
  }
`)

export const EventsForPeopleQuery = graphql(`
  query EventsForPeople($search: String) {
    organization {
      id
      managedEvents(first: 50, search: $search) {
        nodes {
          id
          name
        }
      }
    }
  }
`)

export const MembersPreviewQuery = graphql(`
  query GroupMembersPreview($input: PreviewGroupMembersInput!) {
    organization {
      id
      previewGroupMembers(input: $input) {
        joining
        present
        unknownUserIds
      }
    }
  }
`)

export const EventPreviewQuery = graphql(`
  query EventForPeoplePreview($input: PreviewManagedEventAssignmentInput!) {
    organization {
      id
      previewManagedEventAssignment(input: $input, first: 1) {
        gain
        returning
        slugClashes
      }
    }
  }
`)
