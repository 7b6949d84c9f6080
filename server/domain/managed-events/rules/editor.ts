// Who edits, as it is kept.
import type { Actor } from '#server/domain/actor.ts'
import type { Editor } from './section.ts'

export function editorOf(actor: Actor): Editor {
  if (actor.kind === 'person') return { kind: actor.kind, id: actor.userId }
  return { kind: actor.kind, id: actor.kind === 'api-key' ? actor.keyId : null }
}
