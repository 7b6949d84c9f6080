// A fresh organization for one suite, made the way an operator and an admin make it.
import { graphqlClient } from '#test/faults/graphql-client.ts'
import type { Target } from './suites.ts'

/** At least as long as the server wants it. */
export const operatorKey = 'conformance-operator-key-of-this-run-only'

interface Created {
  readonly createOrganization: { readonly apiKeySecret: string }
}

interface Issued {
  readonly enforceProvisioning: { readonly provisioning: { readonly baseUrl: string } }
  readonly issueScimToken: { readonly secret: string }
}

/** Makes an organization that may use SCIM without single sign-on, switches SCIM on and issues its token. */
export async function newTarget(url: string, name: string): Promise<Target> {
  const operator = graphqlClient(url, operatorKey)
  const { createOrganization } = await operator<Created>(
    `mutation ($name: String!) {
      createOrganization(input: { name: $name, requireSso: false, createApiKey: true }) {
        ... on CreateOrganizationPayload { apiKeySecret }
      }
    }`,
    { name },
  )
  const admin = graphqlClient(url, createOrganization.apiKeySecret)
  const { enforceProvisioning, issueScimToken } = await admin<Issued>(
    `mutation ($name: String!) {
      enforceProvisioning(input: { enforced: true }) {
        ... on EnforceProvisioningPayload { provisioning { baseUrl } }
      }
      issueScimToken(input: { name: $name }) { ... on IssueScimTokenPayload { secret } }
    }`,
    { name },
  )
  return { baseUrl: enforceProvisioning.provisioning.baseUrl, token: issueScimToken.secret }
}
