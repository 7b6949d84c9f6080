// What the console asks and changes about people.
import { graphql } from '#web/graphql/graphql.ts'

export const UserRowFields = graphql(`
  fragment UserRowFields on User {
    id
    displayName
    userName
    email
    status
    role
    linked
    userNameIsEmail
    identityProviderGroups
    lastModified
    createdAt
    deactivatedAt
    deletedAt
    purgeAt
    invitation {
      invitedAt
      sentAt
      expiresAt
    }
  }
`)

export const UserCountsQuery = graphql(`
  query UserCounts {
    organization {
      id
      seats {
        total
        used
        reserved
        free
      }
      userCounts {
        pending
        active
        deactivated
        deleted
      }
      provisioning {
        enforced
      }
    }
  }
`)

export const UserBlockQuery = graphql(
  `
    query UserBlock(
      $status: [UserStatus!]
      $search: String
      $role: [UserRole!]
      $linked: Boolean
      $identityProviderGroup: String
      $groupId: ID
      $orderBy: UserOrder
      $first: Int
      $skip: Int
      $counted: Boolean!
    ) {
      organization {
        id
        users(
          status: $status
          search: $search
          role: $role
          linked: $linked
          identityProviderGroup: $identityProviderGroup
          groupId: $groupId
          orderBy: $orderBy
          first: $first
          skip: $skip
        ) {
          totalCount @include(if: $counted)
          nodes {
            ...UserRowFields
          }
        }
      }
    }
  `,
  [UserRowFields],
)

export const GroupsToFilterQuery = graphql(`
  query GroupsToFilter($search: String) {
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

export const FilteredGroupQuery = graphql(`
  query FilteredGroup($id: ID!) {
    node(id: $id) {
      __typename
      ... on Group {
        id
        name
      }
    }
  }
`)

export const UserEventsSubscription = graphql(
  `
    subscription UserEvents {
      provisioningEvents {
        cursor
        event {
          id
          type
          user {
            ...UserRowFields
          }
        }
      }
    }
  `,
  [UserRowFields],
)

export const UserDetailFields = graphql(
  `
    fragment UserDetailFields on User {
      ...UserRowFields
      scimId
      externalId
      title
      department
      givenName
      familyName
      seat
      provisionedAt
      activatedAt
      lastSignInAt
      version
      scim
    }
  `,
  [UserRowFields],
)

export const UserDetailQuery = graphql(
  `
    query UserDetail($id: ID!) {
      node(id: $id) {
        __typename
        ... on User {
          ...UserDetailFields
          provisioningEvents(first: 50) {
            totalCount
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
                durationMs
                outcome
              }
            }
          }
        }
      }
    }
  `,
  [UserDetailFields],
)
