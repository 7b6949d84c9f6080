// Who changed a connection last, for its row.

/** The caller, at this moment. */
export function changedBy(
  actor: { readonly name: string },
  at: Date,
): { changedAt: Date; changedByName: string } {
  return { changedAt: at, changedByName: actor.name }
}
