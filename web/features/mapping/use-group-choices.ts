// Groups by name, for the picker.
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { usePlainRead } from '#web/graphql/use-plain-read.ts'
import { GroupChoicesQuery } from './documents.ts'

/** Asks 150 ms after the last key. */
export function useGroupChoices(text: Ref<string>) {
  const asked = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(text, now => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      asked.value = now.trim()
    }, 150)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
  })
  const { data, problem, loading } = usePlainRead(GroupChoicesQuery, () => ({ search: asked.value || null }))
  const groups = computed(() => data.value?.organization?.groups.nodes ?? [])
  const total = computed(() => data.value?.organization?.groups.totalCount ?? 0)
  const settled = computed(() => !loading.value && asked.value === text.value.trim())
  return { groups, total, problem, settled }
}
