// Starts the console: clients, words and routes.
import urql from '@urql/vue'
import { createApp, shallowRef } from 'vue'
import App from './App.vue'
import { createClient, plainClientKey } from './graphql/client.ts'
import { i18n } from './i18n.ts'
import { noticeMissingParts } from './lib/missing-parts.ts'
import { fetchWhenIdle } from './lib/when-idle.ts'
import './main.css'
import { buildRouter } from './router.ts'

function onSignedOut() {
  const target = router.currentRoute.value
  if (target.meta.public) return
  void router.replace({ name: 'sign-in', query: { target: target.fullPath, reason: 'ended' } })
}
noticeMissingParts()
const plainClient = createClient(onSignedOut)
const client = shallowRef(plainClient)
let cached: Promise<void> | undefined
/** Pages behind the sign-in read through a cache, which the pages before it do without. */
async function withCache() {
  cached ??= import('./graphql/cached-client.ts').then(({ createCachedClient }) => {
    client.value = createCachedClient(onSignedOut)
  })
  await cached
  return client.value
}
const router = buildRouter(withCache)

const app = createApp(App).use(router).use(i18n).use(urql, client).provide(plainClientKey, plainClient)

// The waiting page of index.html stays until there is something to show in its place.
router.isReady().then(
  () => {
    app.mount('#app')
    fetchWhenIdle()
  },
  () => {
    document.documentElement.classList.add('failed')
  },
)
