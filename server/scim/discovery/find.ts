// Finds one discovery document by the id in its address.
import type { Resource } from '../json.ts'

/** The document with this id in any letter case, percent-encoded or not (D12); undefined when there is none. */
export function findDocument(documents: readonly Resource[], id: string): Resource | undefined {
  const wanted = decode(id).toLowerCase()
  return documents.find(document => String(document['id']).toLowerCase() === wanted)
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
