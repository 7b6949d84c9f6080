// Hands a file to the person when a plain link cannot: its making needs a body, or it was never on the server.
import { said } from './said.ts'

/** Asks with POST and saves the answer under `name`. Throws an error with the server's words when it is refused. */
export async function downloadByPost(url: string, body: unknown, name: string): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'x-rollcall': '1' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) {
    const refusal = (await answer.json().catch(() => null)) as { error?: string; message?: string } | null
    throw new Error(said(refusal?.error ?? refusal?.message ?? ''))
  }
  save(await answer.blob(), name)
}

/** Saves a text under `name`; it is never sent anywhere. */
export function saveText(text: string, name: string): void {
  save(new Blob([text], { type: 'text/plain' }), name)
}

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
