// What the console asks about plan and seats.
import { graphql } from '#web/graphql/graphql.ts'

export const BillingQuery = graphql(`
  query Billing {
    organization {
      id
      plan
      entitlements {
        sso
        scim
        groups
        managedEvents
        managedEventLocks
        activityLog
        domainControl
      }
      seats {
        total
        used
        reserved
        free
      }
      userCounts {
        deactivated
      }
    }
  }
`)
