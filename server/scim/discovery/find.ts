// Finds one discovery document by the last part of its address.
import type { Resource } from '../json.ts'

/** The document with this id in any letter case, percent-encoded or not (D12); undefined when there is none. */
export function findDocument(documents: readonly Resource[], id: string): Resource | undefined {
  const wanted = decoded(id).toLowerCase()
  return documents.find(({ id: own }) => typeof own === 'string' && own.toLowerCase() === wanted)
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
