// The health of provisioning as it changes; it also keeps the live connection open on every page.
import {
  inject,
  onScopeDispose,
  provide,
  readonly,
  shallowRef,
  watch,
  type InjectionKey,
  type ShallowRef,
} from 'vue'
import { usePlainClient } from '#web/graphql/client.ts'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { HealthSubscription } from './documents.ts'

export type Health = ResultOf<typeof HealthSubscription>['provisioningHealth']

const key: InjectionKey<Readonly<ShallowRef<Health | null>>> = Symbol('live health')

/**
 * Subscribes once, for the frame of the console, and offers the latest health to the pages inside it; not before
 * `allowed` says that the viewer may read it.
 */
export function provideLiveHealth(allowed: () => boolean) {
  const client = usePlainClient()
  const health = shallowRef<Health | null>(null)
  let stream: { unsubscribe: () => void } | undefined
  watch(
    allowed,
    now => {
      stream?.unsubscribe()
      if (!now) return
      stream = client.subscription(HealthSubscription, {}).subscribe(result => {
        if (result.data) health.value = result.data.provisioningHealth
      })
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    stream?.unsubscribe()
  })
  provide(key, readonly(health) as Readonly<ShallowRef<Health | null>>)
}

/** The latest health that was pushed; null until the first message. */
export function useLiveHealth() {
  return inject(key, shallowRef(null))
}
