// What the console asks and changes about the group mapping.
import { graphql } from '#web/graphql/graphql.ts'

export const SeenValueFields = graphql(`
  fragment SeenValueFields on SeenValue {
    value
    count
    lastSeen
    nearMiss {
      value
      kinds
    }
  }
`)

export const MappingFields = graphql(`
  fragment MappingFields on GroupMapping {
    enabled
    version
    savedAt
    savedBy
    severalValues
    sourceAttribute {
      path
      label
      isDefault
    }
    defaultGroup {
      id
      name
    }
    rows {
      id
      value
      people
      lastSeen
      group {
        id
        name
      }
    }
  }
`)

export const MappingQuery = graphql(
  `
    query Mapping {
      organization {
        id
        entitlements {
          scim
          groups
        }
        seats {
          total
          free
        }
        groupMapping {
          ...MappingFields
          seen: values(first: 0) {
            totalCount
          }
        }
      }
    }
  `,
  [MappingFields],
)

export const UnmappedQuery = graphql(
  `
    query Unmapped($search: String, $first: Int) {
      organization {
        id
        groupMapping {
          values(mapped: false, search: $search, first: $first) {
            totalCount
            people
            values {
              ...SeenValueFields
            }
          }
        }
      }
    }
  `,
  [SeenValueFields],
)

export const GroupChoicesQuery = graphql(`
  query GroupChoices($search: String) {
    organization {
      id
      groups(search: $search, first: 30) {
        totalCount
        nodes {
          id
          name
          memberCount
          pushed
        }
      }
    }
  }
`)

export const PlanQuery = graphql(
  `
    query Plan($input: GroupMappingInput!) {
      organization {
        id
        seats {
          total
          free
        }
        previewGroupMapping(input: $input) {
          fingerprint
          applies
          newGroups
          totals {
            people
            join
            leave
            move
            unchanged
            unmatched
            frozen
          }
          flows {
            from {
              id
              name
            }
            to {
              id
              name
            }
            people
          }
          managedEvents {
            gained
            lost
          }
          nearMisses {
            ...SeenValueFields
          }
        }
      }
    }
  `,
  [SeenValueFields],
)

export const SaveMappingMutation = graphql(
  `
    mutation SaveMapping($input: SaveGroupMappingInput!) {
      saveGroupMapping(input: $input) {
        __typename
        ... on SaveGroupMappingPayload {
          groupMapping {
            ...MappingFields
          }
          job {
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
  `,
  [MappingFields],
)

export const MappingStateQuery = graphql(`
  query MappingState {
    organization {
      id
      entitlements {
        scim
        groups
      }
      groupMapping {
        enabled
        savedAt
        rows {
          id
        }
        values(mapped: false, first: 0) {
          totalCount
          people
        }
      }
    }
  }
`)
