// What admins should know in time, for the bell and the banner: read once for the frame, and again whenever something comes or goes.
import {
  inject,
  onScopeDispose,
  provide,
  ref,
  shallowRef,
  watch,
  type InjectionKey,
  type Ref,
  type ShallowRef,
} from 'vue'
import { changes } from '#web/graphql/changes.ts'
import { usePlainClient } from '#web/graphql/client.ts'
import type { Problem } from '#web/graphql/problem.ts'
import { useCommand } from '#web/graphql/use-command.ts'
import { DismissNoticeMutation, NoticesQuery, OpenNoticesSubscription } from './documents.ts'
import type { Notice } from './notice-look.ts'

interface Notices {
  /** Newest first, those that are over included. */
  all: Readonly<ShallowRef<readonly Notice[]>>
  /** Whether the first answer is there, be it a refusal; until then nobody knows if the banner takes room. */
  settled: Readonly<Ref<boolean>>
  /** Whether the list is shown. */
  shown: Ref<boolean>
  problem: Readonly<ShallowRef<Problem | null>>
  dismiss: (id: string) => Promise<void>
}

const key: InjectionKey<Notices> = Symbol('notices')

/** For the frame of the console. Reads nothing while `allowed` is false. */
export function provideNotices(allowed: () => boolean): Notices {
  const client = usePlainClient()
  const { run, problem } = useCommand(DismissNoticeMutation, 'dismissNotice')
  const all = shallowRef<readonly Notice[]>([])
  const settled = ref(false)
  let stream: { unsubscribe: () => void } | undefined

  function look() {
    if (!allowed()) return
    void client
      .query(NoticesQuery, {})
      .toPromise()
      .then(({ data }) => {
        if (data?.organization) all.value = data.organization.notices.nodes
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
    all,
    settled,
    shown: ref(false),
    problem,
    dismiss: async id => {
      await run({ input: { id } })
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
