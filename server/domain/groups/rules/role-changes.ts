// Tells of people who became group admins, or stopped being one.
import type { NewEvent } from '#server/domain/provisioning-log/rules/event.ts'

/** One event a person; `role` is the new one. */
export function roleChanges(
  people: readonly { readonly id: string; readonly role: string; readonly name: string }[],
): NewEvent[] {
  return people.map(({ id, role, name }) => {
    const before = role === 'group_admin' ? 'user' : 'group_admin'
    const changes = [{ path: 'role', before, after: role }]
    return { type: 'user.role_changed', userId: id, detail: { subject: name, changes, words: { role } } }
  })
}
