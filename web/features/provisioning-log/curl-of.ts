// A request as a curl command, with $TOKEN in place of the secret.

interface Request {
  method: string
  path: string
  query: string | null
  requestBody: string | null
}

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** Paths may be given from the root of the server or from the base URL. */
export function curlOf(request: Request, baseUrl: string): string {
  const root = request.path.startsWith('/scim/') ? new URL(baseUrl).origin : baseUrl
  const address = `${root}${request.path}${request.query ? `?${request.query}` : ''}`
  const parts = [
    `curl -X ${request.method} ${quoted(encodeURI(decodeSafely(address)))}`,
    `-H "Authorization: Bearer $TOKEN"`,
  ]
  if (request.requestBody) {
    parts.push(`-H 'Content-Type: application/scim+json'`, `--data-raw ${quoted(request.requestBody)}`)
  }
  return parts.join(' \\\n  ')
}

function decodeSafely(address: string): string {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}
