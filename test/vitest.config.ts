// The suites of the house; each room of tests is one project.
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { consolePlugins } from '../web/vite-plugins.ts'

const server = (name: string, include: string[]) => ({
  extends: true as const,
  test: { name, include, environment: 'node' as const },
})

/**
 * Tests on a database: files share a worker, its migrated database and everything imported. One project for as many of
 * them as possible, because a worker, with all that it has loaded, ends with its project. A database of a few minutes is
 * not worth the time that compiling it twice takes, for speed only.
 */
const onDatabase = (name: string, globalSetup: string[], include: string[]) => ({
  extends: true as const,
  test: { ...server(name, include).test, isolate: false, execArgv: ['--liftoff-only'], globalSetup },
})

/** graphql refuses objects of its own other build: everybody gets the one that Node's import finds. */
const graphql = new URL('../node_modules/graphql/index.js', import.meta.url).pathname

/** Some faults are those of the embedded database's folder, some those of a server behind the network. */
const faultsOf = process.env['TEST_DATABASE_URL'] === undefined ? 'embedded' : 'postgresql'

const template = 'test/support/database-template.ts'

/** The same whatever server a run's other tests are on. */
const filesOfEmbedded = [
  ...['durability', 'folder-lock', 'full-disk', 'key-file', 'maintenance'],
  ...['schema-diff', 'snapshot', 'snapshot-files', 'tar'],
]

const onDatabaseRooms = ['db', 'domain', 'scim-http', 'oauth-http', 'saml/http', 'graphql', 'http']
// An identity provider in PHP, where somebody says that one is installed.
if ('SIMPLESAMLPHP_HOME' in process.env) onDatabaseRooms.push('saml/simplesamlphp')

/** What runs in the tests' own process. */
const database = onDatabase(
  'database',
  [template],
  [
    ...onDatabaseRooms.map(room => `test/${room}/**/*.test.ts`),
    ...(faultsOf === 'embedded' ? [] : filesOfEmbedded.map(name => `!test/db/${name}.test.ts`)),
  ],
)

/** Servers that start, serve, fail, are stopped and killed: most of them processes of the built program. */
const programs = onDatabase(
  'programs',
  [template, 'test/support/built-server.ts'],
  [
    // Starts that fail meet no database server.
    `test/faults/${faultsOf === 'embedded' ? '*' : '!(start)'}.test.ts`,
    'test/cli/**/*.test.ts',
    'test/simulator/**/*.test.ts',
    `test/faults/${faultsOf}/*.test.ts`,
    ...(faultsOf === 'postgresql' && 'TEST_REDIS_URL' in process.env ? ['test/faults/redis/*.test.ts'] : []),
  ],
)

/** The console's components on a page without a browser; the plugins are those of its build. */
const web = {
  plugins: consolePlugins(),
  root: new URL('../web', import.meta.url).pathname,
  test: {
    name: 'web',
    root: new URL('..', import.meta.url).pathname,
    include: ['test/web/**/*.test.ts'],
    environment: 'happy-dom' as const,
    // The library's components are read once for all files; each has a page of its own.
    isolate: false,
    testTimeout: 60_000,
    setupFiles: ['test/web/setup.ts'],
  },
}

/** What knows no database server, where a run on one would only repeat it: plain functions, and texts of the house. */
const pure = {
  extends: true as const,
  test: {
    ...server(
      'pure',
      ['scim', 'architecture', 'scripts', 'conformance', 'outgoing'].map(room => `test/${room}/**/*.test.ts`),
    ).test,
    isolate: false,
  },
}
pure.test.include.push('test/saml/*.test.ts')
// Older SAML engines, where somebody has installed them.
if ('SAML_ENGINES' in process.env) pure.test.include.push('test/saml/teeth/*.test.ts')

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    root: new URL('..', import.meta.url).pathname,
    pool: 'forks',
    // On two cores Vitest would take one worker; much of a test is waiting.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [programs, database, ...(faultsOf === 'embedded' ? [pure, web] : [])],
  },
})
