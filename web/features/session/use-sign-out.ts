// Signs out and leaves nothing of the person on the device.
import { useToast } from '@nuxt/ui/composables/useToast'
import { useI18n } from 'vue-i18n'
import { askAgain, stopAsking, usePlainClient } from '#web/graphql/client.ts'
import { isSignedOut } from '#web/graphql/problem.ts'
import { writeSetting } from '#web/lib/device-settings.ts'
import { SignOutMutation } from './documents.ts'

/** Ends the session and goes to the sign-in page; says so when the session could not be ended, and stays. */
export function useSignOut() {
  const client = usePlainClient()
  const toast = useToast()
  const { t } = useI18n()
  return async () => {
    stopAsking()
    const way = { fetch: window.fetch.bind(window) }
    const { data, error } = await client.mutation(SignOutMutation, {}, way).toPromise()
    const isOut = data?.signOut.signedOut === true || (error !== undefined && isSignedOut(error))
    if (!isOut) {
      askAgain()
      const [title, description] = [t('session.stillSignedIn'), t('session.stillSignedInText')]
      toast.add({ title, description, color: 'error' })
      return
    }
    // Names of people and groups that were looked for.
    writeSetting('recent', '')
    location.assign('/sign-in?reason=signed-out')
  }
}
