// Everything the overview shows: what was read, with the pushed health on top.
import { computed, watch } from 'vue'
import { useRead } from '#web/graphql/use-read.ts'
import { OverviewQuery } from './documents.ts'
import { setupSteps } from './setup-steps.ts'
import { useLiveHealth } from './use-live-health.ts'

/** `health` follows the stream; counts are read again when people were linked or left. */
export function useOverview() {
  const { data, problem, loading, again } = useRead(OverviewQuery, { variables: {} })
  const live = useLiveHealth()
  const organization = computed(() => data.value?.organization ?? null)
  const health = computed(() => live.value ?? organization.value?.provisioning.health ?? null)
  const ssoWorks = computed(() => ['TESTED', 'ENFORCED'].includes(organization.value?.sso.status ?? ''))
  const steps = computed(() =>
    setupSteps({
      sso: organization.value?.requireSso ? ssoWorks.value : null,
      credential: health.value?.hasCredential ?? false,
      heard: Boolean(health.value?.lastContactAt),
      linked: health.value?.linked ?? 0,
      enforced: organization.value?.provisioning.enforced ?? false,
    }),
  )
  watch(
    () =>
      health.value &&
      [health.value.linked, health.value.notLinked, health.value.lastContactAt === null].join(),
    again,
  )
  return { organization, health, steps, problem, loading, again }
}
