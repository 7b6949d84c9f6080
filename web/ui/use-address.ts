// The address bar as the state of a page: read it, change a part of it.
import { useRoute, useRouter } from 'vue-router'
import { withValues, type RawQuery } from '#web/lib/query-text.ts'

type Values = Record<string, string | readonly string[] | undefined>

/** `query` is reactive; `set` replaces parts of it, `visit` does so as a step that Back undoes. */
export function useAddress() {
  const route = useRoute()
  const router = useRouter()
  const next = (values: Values) => ({
    query: withValues(route.query, values) as typeof route.query,
    hash: '',
  })
  return {
    query: (): RawQuery => route.query,
    set: (values: Values) => router.replace(next(values)),
    visit: (values: Values) => router.push(next(values)),
  }
}
