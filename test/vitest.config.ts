// The suites of the house; each room of tests is one project.
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { consolePlugins } from '../web/vite-plugins.ts'

const server = (name: string, include: string[]) => ({
  extends: true as const,
  test: { name, include, environment: 'node' as const },
})

/** Tests on a database: files share a worker and its migrated database (test/support/database.ts). */
const onDatabase = (name: string, include: string[]) => ({
  extends: true as const,
  test: {
    ...server(name, include).test,
    isolate: false,
    globalSetup: ['test/support/database-template.ts'],
  },
})

/** graphql refuses objects of its own other build: everybody gets the one that Node's import finds. */
const graphql = new URL('../node_modules/graphql/index.js', import.meta.url).pathname

/** Some faults are those of the embedded database's folder, some those of a server behind the network. */
const faultsOf = process.env['TEST_DATABASE_URL'] === undefined ? 'embedded' : 'postgresql'

const onBuiltServer = ['test/support/database-template.ts', 'test/support/built-server.ts']

/** Starts that fail, and folders of the embedded database: nothing in it meets a database server. */
const starts = {
  extends: true as const,
  test: {
    ...onDatabase('starts', ['test/faults/start.test.ts', 'test/faults/embedded/*.test.ts']).test,
    globalSetup: onBuiltServer,
  },
}

/** Parallel changes, kills and stops. */
const faults = {
  extends: true as const,
  test: {
    ...onDatabase('faults', [
      'test/faults/*.test.ts',
      ...(faultsOf === 'postgresql' ? ['test/faults/postgresql/*.test.ts'] : []),
      ...(faultsOf === 'postgresql' && 'TEST_REDIS_URL' in process.env
        ? ['test/faults/redis/*.test.ts']
        : []),
    ]).test,
    exclude: ['test/faults/start.test.ts'],
    globalSetup: onBuiltServer,
  },
}

/** The console's components on a page without a browser; the plugins are those of its build. */
const web = {
  plugins: consolePlugins(),
  root: new URL('../web', import.meta.url).pathname,
  test: {
    name: 'web',
    root: new URL('..', import.meta.url).pathname,
    include: ['test/web/**/*.test.ts'],
    environment: 'happy-dom' as const,
    testTimeout: 60_000,
    setupFiles: ['test/web/setup.ts'],
  },
}

/** What knows no database server: a run on one would only repeat it. */
const withoutServer = [
  server('scim', ['test/scim/**/*.test.ts']),
  server('architecture', ['test/architecture/**/*.test.ts']),
  server('scripts', ['test/scripts/**/*.test.ts', 'test/conformance/**/*.test.ts']),
  server('outgoing', ['test/outgoing/**/*.test.ts']),
  server('saml-pure', ['test/saml/*.test.ts']),
  web,
  starts,
]

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    root: new URL('..', import.meta.url).pathname,
    pool: 'forks',
    // On two cores Vitest would take one worker; much of a test is waiting.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      ...(faultsOf === 'embedded' ? withoutServer : []),
      onDatabase('db', ['test/db/**/*.test.ts']),
      onDatabase('domain', ['test/domain/**/*.test.ts']),
      onDatabase('scim-http', ['test/scim-http/**/*.test.ts']),
      onDatabase('oauth-http', ['test/oauth-http/**/*.test.ts']),
      onDatabase('saml', ['test/saml/http/**/*.test.ts']),
      onDatabase('graphql', ['test/graphql/**/*.test.ts']),
      onDatabase('http', ['test/http/**/*.test.ts']),
      faults,
      onDatabase('cli', ['test/cli/**/*.test.ts']),
      onDatabase('simulator', ['test/simulator/**/*.test.ts']),
    ],
  },
})
