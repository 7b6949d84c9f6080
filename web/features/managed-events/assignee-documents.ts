// What the console asks about those who have a managed event, or could get it.
import { graphql } from '#web/graphql/graphql.ts'

export const AssignedPeopleQuery = graphql(`
  query AssignedPeople($id: ID!, $search: String, $first: Int, $skip: Int, $counted: Boolean!) {
    node(id: $id) {
      __typename
      ... on ManagedEvent {
        id
        assignedPeople(search: $search, first: $first, skip: $skip) {
          totalCount @include(if: $counted)
          nodes {
            id
            displayName
            userName
          }
        }
      }
    }
  }
`)

export const GroupChoicesQuery = graphql(`
  query GroupChoices($search: String) {
    organization {
      id
      groups(search: $search, first: 20) {
        nodes {
          id
          name
          memberCount
        }
      }
    }
  }
`)

export const PersonChoicesQuery = graphql(`
  query PersonChoices($search: String) {
    organization {
      id
      users(search: $search, status: [ACTIVE, PENDING], first: 20) {
        nodes {
          id
          displayName
          userName
        }
      }
    }
  }
`)
