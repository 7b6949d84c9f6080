// Searches people and groups on the server while somebody types.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePlainClient } from '#web/graphql/client.ts'
import { problemOf, type Problem } from '#web/graphql/problem.ts'
import { PaletteQuery } from './documents.ts'
import { foundEntries } from './found-entries.ts'
import { findEntries, type PaletteEntry } from './palette-entry.ts'

interface Search {
  search: string
  people: boolean
  groups: boolean
}

/** Milliseconds after the last key. */
const pause = 150

/** `found` are people, then groups, at most eight each, and only those that still fit what is typed now. */
export function useServerSearch(asked: () => Search) {
  const { t } = useI18n()
  const client = usePlainClient()
  const answer = shallowRef<PaletteEntry[]>([])
  const problem = shallowRef<Problem | null>(null)
  const searching = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let stream: { unsubscribe: () => void } | undefined

  function ask() {
    stream = client.query(PaletteQuery, asked()).subscribe(({ data, error }) => {
      searching.value = false
      problem.value = error ? problemOf(error) : null
      answer.value = foundEntries(data?.organization, asked().search, t)
    })
  }
  function stop() {
    clearTimeout(timer)
    stream?.unsubscribe()
  }
  function begin(delay: number) {
    stop()
    problem.value = null
    const { search, people, groups } = asked()
    searching.value = search !== '' && (people || groups)
    if (searching.value) timer = setTimeout(ask, delay)
    else answer.value = []
  }
  watch(() => JSON.stringify(asked()), begin.bind(null, pause))
  onScopeDispose(stop)
  return {
    // What was found for the text before may still be shown, but never what no longer fits.
    found: computed(() => (searching.value ? findEntries(answer.value, asked().search) : answer.value)),
    problem,
    searching,
    again: () => {
      begin(0)
    },
  }
}
