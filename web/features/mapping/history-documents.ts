// What the console asks about change sets, and how it undoes them.
import { graphql } from '#web/graphql/graphql.ts'
import { PlannedPersonFields } from './people-documents.ts'

export const ChangeSetFields = graphql(`
  fragment ChangeSetFields on ChangeSet {
    id
    kind
    createdAt
    author
    undone
    wasEnabled
    enabled
    rows {
      kind
      value
      from {
        id
        name
      }
      to {
        id
        name
      }
    }
    job {
      id
      state
      result
      over
    }
  }
`)

export const ChangeSetsQuery = graphql(
  `
    query ChangeSets {
      organization {
        id
        changeSets(first: 30) {
          ...ChangeSetFields
        }
      }
    }
  `,
  [ChangeSetFields],
)

export const ChangeSetPeopleQuery = graphql(
  `
    query ChangeSetPeople($id: ID!, $undo: Boolean!, $search: String, $first: Int, $after: String) {
      node(id: $id) {
        __typename
        ... on ChangeSet {
          id
          people(search: $search, first: $first, after: $after) @skip(if: $undo) {
            totalCount
            pageInfo {
              hasNextPage
              endCursor
            }
            nodes {
              ...PlannedPersonFields
            }
          }
          undoPlan @include(if: $undo) {
            affected(search: $search, first: $first, after: $after) {
              totalCount
              pageInfo {
                hasNextPage
                endCursor
              }
              nodes {
                ...PlannedPersonFields
              }
            }
          }
        }
      }
    }
  `,
  [PlannedPersonFields],
)

export const UndoPlanQuery = graphql(`
  query UndoPlan($id: ID!) {
    node(id: $id) {
      __typename
      ... on ChangeSet {
        id
        undoPlan {
          people
          changedSince
          restoresMapping
        }
      }
    }
  }
`)

export const UndoMutation = graphql(`
  mutation UndoChangeSet($input: UndoChangeSetInput!) {
    undoChangeSet(input: $input) {
      __typename
      ... on UndoChangeSetPayload {
        changeSet {
          id
          job {
            id
          }
        }
      }
      ... on Error {
        message
        code
      }
    }
  }
`)
