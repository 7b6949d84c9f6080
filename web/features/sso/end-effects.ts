// What goes with single sign-on when it is switched off or deleted.

export interface EndFacts {
  /** The operator demands single sign-on before SCIM. */
  required: boolean
  /** SCIM is enforced now. */
  provisioning: boolean
}

/** Keys of the sentences for switching it off. */
export function disablingEffects({ required, provisioning }: EndFacts): string[] {
  const scim = !required ? 'scimGoesOn' : provisioning ? 'scimSuspended' : 'scimLocked'
  return ['sessions', 'passwords', scim].map(name => `sso.end.disable.${name}`)
}

/** Keys of the sentences for deleting it. */
export function deletionEffects({ required }: EndFacts): string[] {
  const scim = required ? ['scimDeleted', 'peopleStay'] : ['scimGoesOn']
  return ['sessions', 'settings', ...scim].map(name => `sso.end.delete.${name}`)
}
