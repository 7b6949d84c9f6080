// What saving would do to the copies, computed half a second after the last change.
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { usePlainRead } from '#web/graphql/use-plain-read.ts'
import type { ResultOf, VariablesOf } from '#web/graphql/graphql.ts'
import { UpdatePreviewQuery } from './documents.ts'

type Variables = VariablesOf<typeof UpdatePreviewQuery>
export type UpdatePreview = NonNullable<
  ResultOf<typeof UpdatePreviewQuery>['organization']
>['previewManagedEventUpdate']
const rest = 500

/** The preview of `input`, null while there is nothing to save or it is not known. */
export function useUpdatePreview(input: () => Variables['input'] | null) {
  const asked = shallowRef<Variables | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => JSON.stringify(input()),
    () => {
      clearTimeout(timer)
      const now = input()
      if (now === null) asked.value = null
      else
        timer = setTimeout(() => {
          asked.value = { input: now }
        }, rest)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
  })
  const read = usePlainRead(UpdatePreviewQuery, () => asked.value)
  const preview = computed(() =>
    asked.value === null ? null : (read.data.value?.organization?.previewManagedEventUpdate ?? null),
  )
  return { preview, loading: read.loading }
}
