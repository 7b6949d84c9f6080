// Signs out and leaves nothing of the person on the device.
import { stopAsking, usePlainClient } from '#web/graphql/client.ts'
import { writeSetting } from '#web/lib/device-settings.ts'
import { SignOutMutation } from './documents.ts'

/** Ends the session and goes to the sign-in page. */
export function useSignOut() {
  const client = usePlainClient()
  return async () => {
    stopAsking()
    // Names of people and groups that were looked for.
    writeSetting('recent', '')
    await client.mutation(SignOutMutation, {}, { fetch: window.fetch.bind(window) }).toPromise()
    location.assign('/sign-in?reason=signed-out')
  }
}
