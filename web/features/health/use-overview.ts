// Everything the overview shows: what was read, with the pushed health on top.
import { computed, onScopeDispose, watch } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { OverviewQuery } from './documents.ts'
import { setupSteps } from './setup-steps.ts'
import { useLiveHealth } from './use-live-health.ts'

/** Single sign-on is tested in another tab, and nothing is pushed of it: it is looked at this often, in milliseconds. */
const lookEvery = 4_000

/**
 * `health` follows the stream; the rest is read again when the stream tells of something new, and while the set-up is not
 * finished also every few seconds. `mapped` says whether the mapping places people, null when nobody here can tell.
 */
export function useOverview(mapped: () => boolean | null) {
  const { data, problem, loading, again } = useRead(OverviewQuery, { variables: {} })
  const live = useLiveHealth()
  const organization = computed(() => data.value?.organization ?? null)
  const health = computed(() => live.value ?? organization.value?.provisioning.health ?? null)
  const ssoWorks = computed(() => ['TESTED', 'ENFORCED'].includes(organization.value?.sso.status ?? ''))
  const steps = computed(() =>
    setupSteps({
      sso: ssoWorks.value,
      ssoRequired: organization.value?.requireSso ?? false,
      credential: health.value?.hasCredential ?? false,
      heard: Boolean(health.value?.lastContactAt),
      linked: health.value?.linked ?? 0,
      enforced: organization.value?.provisioning.enforced ?? false,
      mapped: mapped(),
    }),
  )
  const isOpen = computed(
    () => organization.value !== null && steps.value.some(step => !step.done && !step.optional),
  )
  const timer = setInterval(() => {
    if (isOpen.value && document.visibilityState === 'visible') again()
  }, lookEvery)
  onScopeDispose(() => {
    clearInterval(timer)
  })
  watch(() => {
    const now = health.value
    return now && [now.state, now.linked, now.notLinked, now.hasCredential, now.lastContactAt === null].join()
  }, again)
  return { organization, health, steps, problem, loading, again }
}
