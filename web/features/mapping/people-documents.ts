// What the console asks about the people of a preview.
import { graphql } from '#web/graphql/graphql.ts'

export const PlannedPersonFields = graphql(`
  fragment PlannedPersonFields on PlannedPerson {
    name
    kind
    frozen
    values
    reason
    from {
      id
      name
    }
    to {
      id
      name
    }
    user {
      id
      userName
    }
  }
`)

export const PlannedPeopleQuery = graphql(
  `
    query PlannedPeople(
      $input: GroupMappingInput!
      $kinds: [MoveKind!]
      $search: String
      $from: ID
      $to: ID
      $fromNone: Boolean
      $toNone: Boolean
      $unmatched: Boolean
      $after: String
    ) {
      organization {
        id
        previewGroupMapping(input: $input) {
          people(
            first: 100
            after: $after
            kinds: $kinds
            search: $search
            from: $from
            to: $to
            fromNone: $fromNone
            toNone: $toNone
            unmatched: $unmatched
          ) {
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
  `,
  [PlannedPersonFields],
)
