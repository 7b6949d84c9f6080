// Every page of the console on one screen.
import type { Client } from '@urql/core'
import { watch } from 'vue'
import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { readSession } from './features/session/read-session.ts'
import { i18n, loadText } from './i18n.ts'
import { language } from './lib/language.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** May be seen without a session. */
    public?: boolean
    /** Key of the page's title. */
    title?: string
    /** Rooms whose words the page speaks. */
    text?: readonly string[]
  }
}

const routes = [
  {
    path: '/setup',
    name: 'setup',
    component: () => import('./pages/SetupPage.vue'),
    meta: { public: true, title: 'general.titles.setup' },
  },
  {
    path: '/invitation',
    name: 'invitation',
    component: () => import('./pages/InvitationPage.vue'),
    meta: { public: true, title: 'general.titles.invitation', text: ['invitations'] },
  },
  {
    path: '/sign-in',
    name: 'sign-in',
    component: () => import('./pages/SignInPage.vue'),
    meta: { public: true, title: 'general.titles.signIn' },
  },
  {
    path: '/',
    component: () => import('./pages/ConsoleFrame.vue'),
    meta: { text: ['health', 'jobs', 'notices'] },
    children: [
      {
        path: '',
        name: 'overview',
        component: () => import('./pages/OverviewPage.vue'),
        meta: { title: 'general.titles.overview' },
      },
      {
        path: 'users',
        name: 'users',
        component: () => import('./pages/UsersPage.vue'),
        meta: {
          title: 'general.titles.users',
          text: ['users', 'selection', 'memberships', 'managed-events', 'invitations'],
        },
      },
      {
        path: 'profile',
        name: 'profile',
        component: () => import('./pages/ProfilePage.vue'),
        meta: {
          title: 'general.titles.profile',
          text: ['memberships', 'managed-events', 'event-types', 'security'],
        },
      },
      {
        path: 'mapping',
        name: 'mapping',
        component: () => import('./pages/MappingPage.vue'),
        meta: { title: 'general.titles.mapping', text: ['mapping'] },
      },
      {
        path: 'groups',
        name: 'groups',
        component: () => import('./pages/GroupsPage.vue'),
        meta: { title: 'general.titles.groups', text: ['groups'] },
      },
      {
        path: 'groups/:id',
        name: 'group',
        props: true,
        component: () => import('./pages/GroupPage.vue'),
        meta: { title: 'general.titles.groups', text: ['groups', 'managed-events'] },
      },
      {
        path: 'managed-events',
        name: 'managed-events',
        component: () => import('./pages/ManagedEventsPage.vue'),
        meta: { title: 'general.titles.managedEvents', text: ['managed-events'] },
      },
      {
        path: 'managed-events/new',
        name: 'managed-event-new',
        component: () => import('./pages/ManagedEventNewPage.vue'),
        meta: { title: 'general.titles.managedEvents', text: ['managed-events'] },
      },
      {
        path: 'managed-events/:id',
        name: 'managed-event',
        props: true,
        component: () => import('./pages/ManagedEventPage.vue'),
        meta: { title: 'general.titles.managedEvents', text: ['managed-events'] },
      },
      {
        path: 'live',
        name: 'live',
        component: () => import('./pages/LivePage.vue'),
        meta: { title: 'general.titles.live', text: ['provisioning-log'] },
      },
      {
        path: 'log',
        name: 'log',
        component: () => import('./pages/LogPage.vue'),
        meta: { title: 'general.titles.log', text: ['provisioning-log'] },
      },
      {
        path: 'activity',
        name: 'activity',
        component: () => import('./pages/ActivityPage.vue'),
        meta: { title: 'general.titles.activity', text: ['activity'] },
      },
      {
        path: 'billing',
        name: 'billing',
        component: () => import('./pages/BillingPage.vue'),
        meta: { title: 'general.titles.billing', text: ['billing'] },
      },
      {
        path: 'login/single-sign-on',
        name: 'single-sign-on',
        component: () => import('./pages/SingleSignOnPage.vue'),
        meta: { title: 'general.titles.sso', text: ['sso', 'invitations', 'security'] },
      },
      {
        path: 'login/provisioning',
        name: 'provisioning',
        component: () => import('./pages/ProvisioningPage.vue'),
        meta: {
          title: 'general.titles.provisioning',
          text: ['provisioning', 'scim-tokens', 'guides', 'deviations', 'mapping'],
        },
      },
      {
        path: 'api-keys',
        name: 'api-keys',
        component: () => import('./pages/ApiKeysPage.vue'),
        meta: { title: 'general.titles.apiKeys', text: ['api-keys'] },
      },
      {
        path: ':rest(.*)*',
        name: 'not-found',
        component: () => import('./pages/NotFoundPage.vue'),
        meta: { title: 'general.titles.notFound' },
      },
    ],
  },
]

type FindClient = () => Promise<Client>

const wordsOf = (to: RouteLocationNormalized) => [
  'session',
  ...to.matched.flatMap(record => record.meta.text ?? []),
]

/** Starts to load the page while the session is still asked for. What does not arrive is asked for again by the router. */
function fetchPage(to: RouteLocationNormalized) {
  loadText(wordsOf(to)).catch(() => undefined)
  for (const { components } of to.matched) {
    const load = components?.['default']
    if (typeof load === 'function') (load as () => Promise<unknown>)().catch(() => undefined)
  }
}

async function mayEnter(findClient: FindClient, to: RouteLocationNormalized) {
  if (to.meta.public) return true
  fetchPage(to)
  const session = await readSession(await findClient())
  if (session !== 'anonymous') return true
  return { name: 'sign-in', query: to.fullPath === '/' ? {} : { target: to.fullPath } }
}

/** The router: asks for a session, loads the page's words and sets the title. */
export function buildRouter(findClient: FindClient) {
  const router = createRouter({ history: createWebHistory(), routes })
  router.beforeEach(to => mayEnter(findClient, to))
  router.beforeResolve(to => loadText(wordsOf(to)))
  const setTitle = () => {
    const { title } = router.currentRoute.value.meta
    document.title = title ? `${i18n.global.t(title)} · Rollcall` : 'Rollcall'
  }
  router.afterEach(setTitle)
  watch(language, setTitle)
  return router
}
