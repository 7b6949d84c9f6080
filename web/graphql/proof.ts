// Sensitive actions want a fresh proof of who one is: who asks for it, and one question for all that want it at once.

/** Resolves to true once the person has proven who they are, to false when they would rather not. */
export type AskForProof = () => Promise<boolean>

let asker: AskForProof | null = null
let asking: Promise<boolean> | null = null

/** From now on `ask` puts the question; the answer ends that. */
export function putProofQuestions(ask: AskForProof): () => void {
  asker = ask
  return () => {
    if (asker === ask) asker = null
  }
}

/** False where nobody can ask. */
export async function askForProof(): Promise<boolean> {
  asking ??= asker?.() ?? Promise.resolve(false)
  try {
    return await asking
  } finally {
    asking = null
  }
}
