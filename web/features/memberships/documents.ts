// What the console asks about the groups of one person and the reasons for each.
import { graphql } from '#web/graphql/graphql.ts'

export const MembershipFields = graphql(`
  fragment MembershipFields on Membership {
    groupId
    groupName
    pushed
    joinedAt
    lockedReason
    sources {
      kind
      grantedAt
      value
      waitedAs
      grantedBy
      giver {
        kind
        name
      }
      mappingRow {
        position
        attribute {
          label
        }
        current {
          id
          position
        }
      }
      event {
        id
        sentence
        exchange {
          id
          method
          status
        }
      }
    }
  }
`)

export const MembershipsOfQuery = graphql(
  `
    query MembershipsOf($id: ID!) {
      node(id: $id) {
        __typename
        ... on User {
          id
          memberships {
            ...MembershipFields
          }
        }
      }
    }
  `,
  [MembershipFields],
)

export const OwnMembershipsQuery = graphql(
  `
    query OwnMemberships {
      viewer {
        user {
          id
          memberships {
            ...MembershipFields
          }
        }
      }
    }
  `,
  [MembershipFields],
)
