// What a userName must look like in an organization.
import { DomainError } from '#server/domain/error.ts'
import type { ProvisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import type { Resource } from '#server/scim/index.ts'
import { looksLikeEmail } from './normal-form.ts'
import { userNameOf } from './user.ts'

/** Throws `users/user-name-no-email` when the organization asks for an e-mail address and this is none. */
export function checkUserName(document: Resource, settings: ProvisioningSettings): void {
  const userName = userNameOf(document)
  if (!settings.userNameMustBeEmail || looksLikeEmail(userName)) return
  throw new DomainError({
    kind: 'invalid',
    code: 'users/user-name-no-email',
    message:
      `userName "${userName.slice(0, 200)}" is no e-mail address, and this organization asks for one. Map userName ` +
      "to the person's e-mail address in your identity provider.",
    detail: { fields: [{ path: 'userName', message: 'Must be an e-mail address.' }] },
  })
}
