// What the names must look like by which a person is found.
import { DomainError, invalidInput } from '#server/domain/error.ts'
import type { ProvisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import type { Resource } from '#server/scim/index.ts'
import { looksLikeEmail, nameKey } from './normal-form.ts'
import { userNameOf } from './user.ts'

/** What an index entry can hold. */
const longestKey = 2_000

/** Throws `users/name-too-long` for a userName or externalId that no index could find again. */
export function checkLengths(document: Resource): void {
  const externalId = document['externalId']
  const keys = {
    userName: nameKey(userNameOf(document)),
    externalId: typeof externalId === 'string' ? externalId : '',
  }
  for (const [path, key] of Object.entries(keys)) {
    if (new TextEncoder().encode(key).length <= longestKey) continue
    const message = `${path} is too long: at most ${String(longestKey)} bytes in UTF-8. Map a shorter value.`
    throw invalidInput('users/name-too-long', [{ path, message }])
  }
}

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
