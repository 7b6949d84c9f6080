// Fetches the metadata of an identity provider, once, when an admin asks for it.
import { fetchSafely, RefusedFetch, type SafeFetchOptions } from './fetch-safely.ts'

/** Some describe many services: up to 512 kB. Throws `RefusedFetch`, or what the network throws. */
export async function fetchMetadata(
  address: string,
  options: Pick<SafeFetchOptions, 'allowPrivate' | 'ca'>,
): Promise<string> {
  const { status, text } = await fetchSafely(new URL(address), {
    ...options,
    accept: 'application/samlmetadata+xml, application/xml, text/xml',
    largest: 524_288,
  })
  if (status !== 200) throw new RefusedFetch(`The address answered with status ${String(status)}.`)
  return text
}
