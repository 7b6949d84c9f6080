// Puts a component on the page as the console would, with a server that a test plays itself.
import { Client, subscriptionExchange, type ExecutionResult } from '@urql/core'
import urql from '@urql/vue'
import { cleanup, render } from '@testing-library/vue'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { onTestFinished } from 'vitest'
import { plainClientKey } from '#web/graphql/client.ts'
import { i18n, loadText } from '#web/i18n.ts'
import ToastHost from '#web/ui/ToastHost.vue'

interface Asked {
  name: string
  variables: Record<string, unknown>
}
interface Sink {
  next(value: ExecutionResult): void
}
type Answer = (asked: Asked, sink: Sink) => Record<string, unknown> | undefined

const rooms = [
  ...['session', 'health', 'provisioning', 'scim-tokens', 'guides'],
  ...[
    'users',
    'provisioning-log',
    'api-keys',
    'deviations',
    'mapping',
    'jobs',
    'notices',
    'groups',
    'managed-events',
    'memberships',
    'event-types',
    'sso',
    'activity',
    'billing',
    'security',
    'invitations',
    'palette',
    'help',
    'selection',
  ],
]

/** A client that hands every operation to `answer`: data to answer at once, or undefined to use the sink later. */
export function fakeClient(answer: Answer): Client {
  const exchange = subscriptionExchange({
    enableAllOperations: true,
    forwardSubscription: request => ({
      subscribe(sink) {
        const name = /(?:query|mutation|subscription) (\w+)/u.exec(request.query ?? '')?.[1] ?? ''
        const data = answer({ name, variables: (request.variables ?? {}) as Record<string, unknown> }, sink)
        if (data) {
          sink.next({ data })
          if (!(request.query ?? '').trimStart().startsWith('subscription')) sink.complete()
        }
        return { unsubscribe: () => undefined }
      },
    }),
  })
  return new Client({ url: '/graphql', preferGetMethod: false, exchanges: [exchange] })
}

/** Renders `component` at `path` with every word loaded; answers default to none. */
export async function show(
  component: Component,
  options: { props?: Record<string, unknown>; answer?: Answer; path?: string } = {},
) {
  await loadText(rooms)
  const client = fakeClient(options.answer ?? (() => undefined))
  const empty = { render: () => null }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: empty }],
  })
  await router.push(options.path ?? '/')
  const Wrapper = defineComponent(() => () => [h(component, options.props), h(ToastHost)])
  const view = render(Wrapper, {
    global: { plugins: [router, i18n, [urql, client]], provide: { [plainClientKey as symbol]: client } },
  })
  onTestFinished(() => {
    cleanup()
  })
  return { ...view, router }
}
