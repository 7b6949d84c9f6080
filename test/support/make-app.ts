// The service on the worker's database, called with `inject`: no port, no network.
import type { RemoteKeys } from '#server/domain/oauth-clients/check-assertion.ts'
import { readConfig } from '#server/config.ts'
import { serve, type Service } from '#server/serve.ts'
import { makeWorld } from './make-world.ts'
import type { World } from '#server/world.ts'

export const publicUrl = 'https://rollcall.test'

/** A service without rate limit; log lines of level warn and above fail the test that caused them. */
export async function makeService(
  options: { world?: World; rate?: number; remoteKeys?: RemoteKeys } = {},
): Promise<{ world: World; service: Service }> {
  const world = options.world ?? (await makeWorld())
  const config = readConfig({
    PUBLIC_URL: publicUrl,
    LOG_LEVEL: 'warn',
    SCIM_RATE: String(options.rate ?? 0),
    OPERATOR_KEY: 'operator-key-of-the-tests-0123456789',
  })
  const service = await serve(world, {
    config,
    logStream: { write: failOnLog },
    ...(options.remoteKeys === undefined ? {} : { remoteKeys: options.remoteKeys }),
  })
  return { world, service }
}

function failOnLog(line: string): void {
  throw new Error(`Unexpected log line: ${line}`)
}
