// What the console asks about the health of provisioning.
import { graphql } from '#web/graphql/graphql.ts'

export const HealthFields = graphql(`
  fragment HealthFields on ProvisioningHealth {
    state
    sentence
    lastContactAt
    lastContact {
      id
      method
      path
      status
      identityProvider
      client
    }
    lastSuccessAt
    requestsLast24Hours
    refusedLast24Hours
    failedLast24Hours
    successShare
    p95Milliseconds
    tokenDaysLeft
    hasCredential
    canCall
    token {
      id
      name
      expiresAt
    }
    linked
    notLinked
    pendingOverWeek
    waitingForSeat
    attention {
      summary
      status
      scimType
      count
      lastAt
    }
  }
`)

export const OverviewQuery = graphql(`
  query Overview {
    organization {
      id
      requireSso
      sso {
        status
        certificates {
          fingerprint
          daysLeft
          validTo
        }
      }
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

/** Asked for beside the rest, so that each can fail alone. */
export const HealthQuery = graphql(
  `
    query HealthNow {
      organization {
        id
        provisioning {
          health {
            ...HealthFields
          }
        }
      }
    }
  `,
  [HealthFields],
)

export const VolumeQuery = graphql(`
  query Volume($hours: Int!) {
    organization {
      id
      provisioning {
        health {
          volume(hours: $hours) {
            from
            succeeded
            refused
            failed
          }
        }
      }
    }
  }
`)

export const HealthSubscription = graphql(
  `
    subscription Health {
      provisioningHealth {
        ...HealthFields
      }
    }
  `,
  [HealthFields],
)
