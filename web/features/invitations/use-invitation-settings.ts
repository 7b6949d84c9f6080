// Whether people may be invited here now, and whether a mail goes out.
import { computed } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { InvitationSettingsQuery } from './documents.ts'

/** `organization` is undefined until it is known. */
export function useInvitationSettings() {
  const { data, problem } = useRead(InvitationSettingsQuery, { variables: {} })
  const organization = computed(() => data.value?.organization ?? undefined)
  const mailConfigured = computed(() => data.value?.installation.mailConfigured ?? false)
  return { organization, mailConfigured, problem }
}
