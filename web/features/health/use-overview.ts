// Everything the overview shows: what was read, with the pushed health on top.
import { computed, onScopeDispose, watch } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { HealthQuery, OverviewQuery } from './documents.ts'
import { setupSteps } from './setup-steps.ts'
import { useLiveHealth } from './use-live-health.ts'

/** Single sign-on is tested in another tab, and nothing is pushed of it: it is looked at this often, in milliseconds. */
const lookEvery = 4_000

/**
 * `health` follows the stream; the rest is read again when the stream tells of something new, and while the set-up is not
 * finished also every few seconds. Either is null when it could not be read: `problem` says why. `mapped` says whether the
 * mapping places people, null when nobody here can tell.
 */
export function useOverview(mapped: () => boolean | null) {
  const rest = useRead(OverviewQuery, { variables: {} })
  const read = useRead(HealthQuery, { variables: {} })
  const live = useLiveHealth()
  const organization = computed(() => rest.data.value?.organization ?? null)
  const health = computed(() => live.value ?? read.data.value?.organization?.provisioning.health ?? null)
  const problem = computed(
    () => (organization.value ? null : rest.problem.value) ?? (health.value ? null : read.problem.value),
  )
  const loading = computed(() => rest.loading.value || (read.loading.value && !live.value))
  const again = () => {
    rest.again()
    read.again()
  }
  const steps = computed(() => {
    const [found, now] = [organization.value, health.value]
    if (!found || !now) return []
    return setupSteps({
      sso: ['TESTED', 'ENFORCED'].includes(found.sso.status),
      ssoRequired: found.requireSso,
      credential: now.hasCredential,
      heard: Boolean(now.lastContactAt),
      linked: now.linked,
      enforced: found.provisioning.enforced,
      mapped: mapped(),
    })
  })
  const isOpen = computed(() => steps.value.some(step => !step.done && !step.optional))
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
