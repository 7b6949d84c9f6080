// The address bar as the state of a page: read it, change a part of it.
import { useRoute, useRouter, type Router } from 'vue-router'
import { withValues, type RawQuery } from '#web/lib/query-text.ts'

type Values = Record<string, string | readonly string[] | undefined>

/** A change on its way: the address still shows what was before it. */
interface Underway {
  readonly from: string
  readonly query: RawQuery
  /** Whether Back is to undo it. */
  readonly step: boolean
}

const underway = new WeakMap<Router, Underway>()

/** `query` is reactive; `set` replaces parts of it, `visit` does so as a step that Back undoes. */
export function useAddress() {
  const route = useRoute()
  const router = useRouter()

  // A navigation ends after this tick, and a second one puts an end to the first: so it takes over what that wanted.
  async function change(values: Values, asStep: boolean) {
    const from = router.currentRoute.value.fullPath
    const earlier = underway.get(router)
    const joined = earlier?.from === from ? earlier : undefined
    const query = withValues(joined?.query ?? router.currentRoute.value.query, values)
    const step = asStep || (joined?.step ?? false)
    const mine = { from, query, step }
    underway.set(router, mine)
    try {
      return await router[step ? 'push' : 'replace']({ query: query, hash: '' })
    } finally {
      if (underway.get(router) === mine) underway.delete(router)
    }
  }
  return {
    query: (): RawQuery => route.query,
    set: (values: Values) => change(values, false),
    visit: (values: Values) => change(values, true),
  }
}
