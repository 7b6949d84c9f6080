// What the identity provider has done so far, read again with each of its calls.
import { computed, watch } from 'vue'
import { usePlainRead } from '#web/graphql/use-plain-read.ts'
import { MilestonesQuery } from './documents.ts'

/** `heardAt` is the last call of the identity provider; what was read stays until the next answer is there. */
export function useMilestones(heardAt: () => string | null) {
  const { data, problem, again } = usePlainRead(MilestonesQuery, () => ({}))
  watch(heardAt, again)
  const milestones = computed(() => data.value?.organization?.provisioning.health.milestones ?? [])
  return { milestones, problem, again }
}
