// An organization whose owner sets single sign-on up over GraphQL.
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { recordSsoTest } from '#server/domain/sso/record-sso-test.ts'
import type { World } from '#server/world.ts'
import { sender, type Send } from '#test/support/graphql-client.ts'
import { newOrganization, operatorActor, type TestOrganization } from '#test/support/make-world.ts'
import { newIdpKey } from '#test/support/saml-pen.ts'

const fields = `{ status enforced requiredForProvisioning entityId signInUrl audienceUrl acsUrl loginUrl recoveryCodesLeft
  certificates { fingerprint state daysLeft body } lastTest { passed message code byName } changedByName }`
export const idp = newIdpKey()
export const input = {
  entityId: 'https://idp.example/entity',
  signInUrl: 'https://idp.example/sso',
  certificates: [idp.cert],
}

export interface Office {
  readonly org: TestOrganization
  readonly send: Send
  /** Sends a mutation; answers its payload's `sso`, or its error. */
  readonly change: (name: string, value?: object) => Promise<Record<string, unknown>>
  readonly sso: () => Promise<Record<string, unknown>>
  readonly pass: () => Promise<void>
}

/** A fresh organization whose owner sends. */
export async function openOffice(
  { world, door }: { world: World; door: GraphqlDoor },
  options: { requireSso?: boolean } = {},
): Promise<Office> {
  const org = await newOrganization(world)
  if (options.requireSso === true) {
    await enforceProvisioning(org.owner.ctx, { enforced: false })
    await updateOrganization(world.contextFor(org.orgId, operatorActor), { requireSso: true })
  }
  const send = sender(door, { cookie: org.owner.cookie })
  return {
    org,
    send,
    change: async (name, value = {}) => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
      const answer = await send(
        `mutation ($input: ${type}Input!) { done: ${name}(input: $input) { ... on ${type}Payload { sso ${fields} } ... on Error { code message } } }`,
        { input: value },
      )
      const done = answer.data['done'] as unknown as Record<string, unknown> & {
        sso?: Record<string, unknown>
      }
      return done.sso ?? done
    },
    sso: async () => {
      const answer = await send(`{ organization { sso ${fields} provisioning { lockedReason enforced } } }`)
      return (answer.data['organization'] as unknown as { sso: Record<string, unknown> }).sso
    },
    pass: async () => {
      const { revision } = await org.owner.ctx.db.ssoConnection.findUniqueOrThrow({
        where: { orgId: org.orgId },
      })
      const outcome = { passed: true as const, message: 'Signed in.' }
      await recordSsoTest(org.owner.ctx, { revision, startedByName: 'Owner', outcome })
    },
  }
}
