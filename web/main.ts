// Starts the console: clients, words, icons and routes.
import { addIcon, _api } from '@iconify/vue'
import urql from '@urql/vue'
import { init } from 'virtual:nuxt-ui-icons'
import { createApp } from 'vue'
import App from './App.vue'
import { createClients, plainClientKey } from './graphql/client.ts'
import { i18n } from './i18n.ts'
import './main.css'
import { buildRouter } from './router.ts'

init((name, icon) => addIcon(name, icon))
_api.setFetch(() => Promise.reject(new Error('Icons are bundled; this one is missing')))

const { client, plainClient } = createClients(() => {
  const target = router.currentRoute.value
  if (target.meta.public) return
  void router.replace({ name: 'sign-in', query: { target: target.fullPath, reason: 'ended' } })
})
const router = buildRouter(client)

createApp(App).use(router).use(i18n).use(urql, client).provide(plainClientKey, plainClient).mount('#app')
