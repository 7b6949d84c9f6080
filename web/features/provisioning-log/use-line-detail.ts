// The request behind a line, and the event if the line is one.
import { computed } from 'vue'
import { usePlainRead } from '#web/graphql/use-plain-read.ts'
import { LineDetailQuery } from './documents.ts'

/** `event` is null for a request; `exchange` is null for an event that no request caused. */
export function useLineDetail(id: () => string) {
  const { data, problem, loading, again } = usePlainRead(LineDetailQuery, () => ({ id: id() }))
  const node = computed(() => data.value?.node ?? null)
  const event = computed(() => (node.value?.__typename === 'ProvisioningEvent' ? node.value : null))
  const exchange = computed(() =>
    node.value?.__typename === 'Exchange' ? node.value : (event.value?.exchange ?? null),
  )
  const baseUrl = computed(() => data.value?.organization?.provisioning.baseUrl ?? '')
  const gone = computed(() => data.value !== undefined && !event.value && !exchange.value)
  return { event, exchange, baseUrl, gone, problem, loading, again }
}
