// Which help belongs to which page.

/** Names of the files in docs/console/<language>, and the page that each is about. */
export const helpPages: Readonly<Record<string, string>> = {
  overview: '/',
  profile: '/profile',
  users: '/users',
  groups: '/groups',
  mapping: '/mapping',
  'managed-events': '/managed-events',
  'live-feed': '/live',
  'provisioning-log': '/log',
  'single-sign-on': '/login/single-sign-on',
  'user-provisioning': '/login/provisioning',
  'activity-log': '/activity',
  'api-keys': '/api-keys',
  billing: '/billing',
}

/** The help of the page at `path`, or of the list that it is one thing of; undefined where there is none. */
export function helpOf(path: string): string | undefined {
  const fits = ([, to]: [string, string]) => path === to || (to !== '/' && path.startsWith(`${to}/`))
  return Object.entries(helpPages).find(fits)?.[0]
}
