// The counts in the tabs and what the stream changes about them.
import { computed, onScopeDispose, ref } from 'vue'
import { usePlainClient } from '#web/graphql/client.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { UserCountsQuery, UserEventsSubscription } from './documents.ts'
import type { UserRow } from './user-row.ts'

const newcomers = new Set([
  'user.created',
  'user.restored',
  'user.reactivated',
  'user.deactivated',
  'user.deleted',
])

/**
 * Counts that follow the stream, at most once a second. `onRow` gets each person as the stream last saw them;
 * `moved` counts people who came into or left a tab since it was last set to 0.
 */
export function useUserCounts(onRow: (row: UserRow) => void) {
  const { data, problem, again } = useRead(UserCountsQuery, { variables: {} })
  const client = usePlainClient()
  const moved = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  const stream = client.subscription(UserEventsSubscription, {}).subscribe(result => {
    const event = result.data?.provisioningEvents.event
    if (!event?.type.startsWith('user.')) return
    if (event.user) onRow(event.user)
    if (newcomers.has(event.type)) moved.value += 1
    timer ??= setTimeout(() => {
      timer = undefined
      again()
    }, 1000)
  })
  onScopeDispose(() => {
    stream.unsubscribe()
    clearTimeout(timer)
  })
  const counts = computed(() => data.value?.organization?.userCounts ?? null)
  const seats = computed(() => data.value?.organization?.seats ?? null)
  const enforced = computed(() => data.value?.organization?.provisioning.enforced ?? false)
  return { counts, seats, enforced, moved, problem }
}
