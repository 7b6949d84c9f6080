// Hands a file to the person whose making needs a body, so that a plain link cannot ask for it.

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
    throw new Error(refusal?.error ?? refusal?.message ?? '')
  }
  const address = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
