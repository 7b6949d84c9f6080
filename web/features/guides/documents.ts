// What the console asks about how far the identity provider has come.
import { graphql } from '#web/graphql/graphql.ts'

export const MilestonesQuery = graphql(`
  query Milestones {
    organization {
      id
      provisioning {
        health {
          milestones {
            kind
            done
            at
            subject
          }
        }
      }
    }
  }
`)
