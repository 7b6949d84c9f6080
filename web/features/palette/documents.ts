// What the palette asks the server.
import { graphql } from '#web/graphql/graphql.ts'

export const PaletteQuery = graphql(`
  query Palette($search: String!, $people: Boolean!, $groups: Boolean!) {
    organization {
      id
      users(search: $search, first: 8) @include(if: $people) {
        nodes {
          id
          displayName
          userName
          status
        }
      }
      groups(search: $search, first: 8) @include(if: $groups) {
        nodes {
          id
          name
          memberCount
        }
      }
    }
  }
`)
