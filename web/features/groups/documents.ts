// What the console asks and changes about groups.
import { graphql } from '#web/graphql/graphql.ts'

export const GroupFields = graphql(`
  fragment GroupFields on Group {
    id
    name
    pushed
    createdAt
    changedAt
    memberCount
    manageable
    sourceCounts {
      mapping
      default
      scim
      manual
    }
    admins {
      id
      displayName
      userName
    }
    managedEvents {
      id
      name
    }
  }
`)

export const GroupsQuery = graphql(
  `
    query Groups($search: String, $orderBy: GroupOrder, $first: Int, $after: String) {
      organization {
        id
        groups(search: $search, orderBy: $orderBy, first: $first, after: $after) {
          totalCount
          pageInfo {
            hasNextPage
            endCursor
          }
          nodes {
            ...GroupFields
          }
        }
      }
    }
  `,
  [GroupFields],
)

export const GroupQuery = graphql(
  `
    query Group($id: ID!) {
      node(id: $id) {
        __typename
        ... on Group {
          ...GroupFields
        }
      }
    }
  `,
  [GroupFields],
)

export const GroupDeletionQuery = graphql(`
  query GroupDeletion($id: ID!) {
    node(id: $id) {
      __typename
      ... on Group {
        deletion {
          members
          admins
          managedEvents
          copiesLost
          mappingRows
          isDefaultGroup
        }
      }
    }
  }
`)

export const MemberFields = graphql(`
  fragment MemberFields on GroupMember {
    id
    displayName
    userName
    status
    joinedAt
    lockedReason
    sources {
      kind
      grantedAt
      value
      grantedBy
      waitedAs
    }
  }
`)

export const GroupMembersQuery = graphql(
  `
    query GroupMembers(
      $id: ID!
      $search: String
      $source: [MembershipSourceKind!]
      $first: Int
      $skip: Int
      $counted: Boolean!
    ) {
      node(id: $id) {
        __typename
        ... on Group {
          members(search: $search, source: $source, first: $first, skip: $skip) {
            totalCount @include(if: $counted)
            nodes {
              ...MemberFields
            }
          }
        }
      }
    }
  `,
  [MemberFields],
)

export const GroupCandidatesQuery = graphql(`
  query GroupCandidates($id: ID!, $search: String!) {
    node(id: $id) {
      __typename
      ... on Group {
        candidates(search: $search, first: 20) {
          id
          displayName
          userName
        }
      }
    }
  }
`)

export const AdminCandidatesQuery = graphql(`
  query AdminCandidates($search: String) {
    organization {
      id
      users(search: $search, role: [GROUP_ADMIN, USER], status: [ACTIVE, PENDING], first: 20) {
        nodes {
          id
          displayName
          userName
        }
      }
    }
  }
`)

export const GroupValuesQuery = graphql(`
  query GroupValues {
    organization {
      id
      groupMapping {
        enabled
        defaultGroup {
          id
        }
        rows {
          id
          value
          position
          people
          lastSeen
          group {
            id
          }
        }
      }
    }
  }
`)

export const GroupHistoryQuery = graphql(`
  query GroupHistory($id: ID!, $first: Int, $after: String) {
    organization {
      id
      provisioningEvents(filter: { groupId: $id }, first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          occurredAt
          type
          sentence
          actorName
          changes {
            path
            before
            after
          }
          exchange {
            id
            method
            status
          }
        }
      }
    }
  }
`)
