// How an identity provider is called in sentences.

const names: Record<string, string> = { ENTRA: 'Entra ID', OKTA: 'Okta', ONELOGIN: 'OneLogin' }

/** The provider's own name, or the words for an unknown one. */
export function providerName(
  contact: { identityProvider: string | null } | null | undefined,
  t: (key: string) => string,
): string {
  return names[contact?.identityProvider ?? ''] ?? t('health.yourProvider')
}
