// What admins should know in time, for the bell and the banner: read once for the frame, and again whenever something comes or goes.
import {
  computed,
  inject,
  onScopeDispose,
  provide,
  ref,
  shallowRef,
  watch,
  type InjectionKey,
  type Ref,
} from 'vue'
import { changes } from '#web/graphql/changes.ts'
import { usePlainClient } from '#web/graphql/client.ts'
import { useOptimistic } from '#web/graphql/use-optimistic.ts'
import { asExpected } from '#web/lib/expected.ts'
import { DismissNoticeMutation, NoticesQuery, OpenNoticesSubscription } from './documents.ts'
import type { Notice } from './notice-look.ts'

interface Notices {
  /** Newest first, those that are over included. */
  all: Readonly<Ref<readonly Notice[]>>
  /** Whether the first answer is there, be it a refusal; until then nobody knows if the banner takes room. */
  settled: Readonly<Ref<boolean>>
  /** Whether the list is shown. */
  shown: Ref<boolean>
  /** Takes it away at once; `undone` is what a toast says when the server does not. */
  dismiss: (id: string, undone: string) => Promise<unknown>
}

const key: InjectionKey<Notices> = Symbol('notices')

/** For the frame of the console. Reads nothing while `allowed` is false. */
export function provideNotices(allowed: () => boolean): Notices {
  const client = usePlainClient()
  const { run } = useOptimistic(DismissNoticeMutation, 'dismissNotice')
  const read = shallowRef<readonly Notice[]>([])
  const settled = ref(false)
  let stream: { unsubscribe: () => void } | undefined

  function look() {
    if (!allowed()) return
    void client
      .query(NoticesQuery, {})
      .toPromise()
      .then(({ data }) => {
        if (data?.organization) read.value = data.organization.notices.nodes
        settled.value = true
      })
  }
  watch(
    allowed,
    now => {
      stream?.unsubscribe()
      if (now) stream = client.subscription(OpenNoticesSubscription, {}).subscribe(look)
    },
    { immediate: true },
  )
  watch([allowed, changes], look, { immediate: true })
  onScopeDispose(() => {
    stream?.unsubscribe()
  })
  const notices: Notices = {
    all: computed(() => read.value.map(notice => asExpected(notice, notice.id))),
    settled,
    shown: ref(false),
    dismiss: (id, undone) => {
      const changes = { dismissedAt: new Date().toISOString() }
      return run({ variables: { input: { id } }, key: id, changes, undone })
    },
  }
  provide(key, notices)
  return notices
}

/** The notices that the frame reads. */
export function useNotices(): Notices {
  const notices = inject(key)
  if (!notices) throw new Error('Nobody provided notices')
  return notices
}
