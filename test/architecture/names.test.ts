// Holds files, folders and exports to the house's naming rules.
import { basename, dirname, extname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { existing, filesUnder, textOf } from './house-files.ts'

const forbidden = ['utils', 'helpers', 'common', 'misc', 'manager', 'service', 'handler', 'data', 'types']
/** In web/graphql and server/graphql the word is GraphQL's own: a folder with one file for each type. */
const wordOfTheTrade = ['server/graphql/types', 'test/graphql/types']

const code = filesUnder('server', 'web', 'test', 'scripts', 'prisma').filter(path =>
  ['.ts', '.mjs', '.vue', '.css'].includes(extname(path)),
)

/** Names of a path's file (without its endings) and of the folders it lies in. */
const wordsOf = (path: string): string[] => [
  basename(path).split('.')[0] ?? '',
  ...dirname(path).split('/').filter(Boolean),
]

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/

function nameFaults(path: string): string[] {
  if (wordOfTheTrade.some(folder => path.startsWith(`${folder}/`))) return []
  const banned = wordsOf(path).filter(word => forbidden.includes(word))
  return banned.map(word => `${path}: "${word}" says nothing`)
}

function caseFaults(path: string): string[] {
  const [file = '', ...folders] = wordsOf(path)
  const bent = folders.filter(folder => !kebab.test(folder) && folder !== '__screenshots__')
  const faults = bent.map(folder => `${path}: folder ${folder} is not kebab-case`)
  if (path.endsWith('.vue')) return [...faults, ...componentFaults(path, file)]
  return kebab.test(file) ? faults : [...faults, `${path}: is not kebab-case`]
}

/** A component's name begins with a noun and goes on: FeedPanel, FeedRow. Only the root is called App. */
function componentFaults(path: string, name: string): string[] {
  if (path === 'web/App.vue') return []
  if (!/^([A-Z][a-z0-9]+){2,}$/.test(name)) return [`${path}: is not PascalCase of two words or more`]
  const page = path.startsWith('web/pages/') && !/(Page|Frame)$/.test(name)
  return page ? [`${path}: a page's name ends in Page`] : []
}

describe('a name', () => {
  test('says what is inside', () => {
    expect(code.flatMap(nameFaults)).toEqual([])
  })

  test('is kebab-case, or PascalCase with its noun first for components', () => {
    expect(code.flatMap(caseFaults)).toEqual([])
  })

  test.each([
    ['server/domain/users/utils.ts', 1],
    ['server/helpers/users.ts', 1],
    ['server/domain/users/userData.ts', 1],
    ['server/Domain/user.ts', 1],
    ['web/ui/Button.vue', 1],
    ['web/ui/copy-button.vue', 1],
    ['web/pages/UsersList.vue', 1],
    ['web/pages/UsersPage.vue', 0],
    ['server/graphql/types/user.ts', 0],
    ['server/domain/users/read-user.sql.ts', 0],
    ['test/scim/filter/parse.test.ts', 0],
  ])('of %s has %i faults', (path, faults) => {
    expect([...nameFaults(path), ...caseFaults(path)]).toHaveLength(faults)
  })
})

/** Where the tests of a folder have their sources. */
const mirrors: Record<string, string> = {
  'test/scim': 'server/scim',
  'test/domain': 'server/domain',
  'test/db': 'server/db',
  'test/scim-http': 'server/scim-http',
  'test/graphql': 'server/graphql',
  'test/http': 'server/http',
  'test/cli': 'server/cli',
  'test/simulator': 'server/simulator',
  'test/web': 'web',
  'test/scripts': 'scripts',
}

describe('a test', () => {
  test('lies where its source lies', () => {
    const lost = Object.entries(mirrors).flatMap(([tests, sources]) =>
      filesUnder(tests)
        .filter(path => /[.]test[.]ts$/.test(path))
        .filter(path => existing([dirname(path).replace(tests, sources)]).length === 0),
    )
    expect(lost).toEqual([])
  })

  test('is a .test.ts, or a .spec.ts if it is a browser journey', () => {
    const tests = filesUnder('server', 'web', 'test', 'scripts').filter(path =>
      /[.](test|spec)[.]/.test(path),
    )
    const lost = tests.filter(path =>
      path.startsWith('test/browser/') ? !path.endsWith('.spec.ts') : !/^test\/.*[.]test[.]ts$/.test(path),
    )
    expect(lost).toEqual([])
  })

  test('is named by a sentence in the present tense, without "should"', () => {
    const tests = filesUnder('test').filter(
      path => /[.](test|spec)[.]ts$/.test(path) && !path.includes('names'),
    )
    expect(
      tests.filter(path => /\b(test|it|describe)(\.each\(.*\))?\(\s*['"`].*\bshould\b/.test(textOf(path))),
    ).toEqual([])
  })
})

describe('an export', () => {
  const typescript = code.filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts'))

  test('has a name, except in configurations of tools and what they start', () => {
    const unnamed = typescript
      .filter(path => !/[.]config[.]ts$|^test\/support\/demo-server[.]ts$/.test(path))
      .filter(path => /^export default\b/m.test(textOf(path)))
    expect(unnamed).toEqual([])
  })

  test('is not passed on by a barrel, except at the door of the SCIM engine', () => {
    const passesOn = /^export (type )?(\*|\{[^}]*\}) from /m
    const own = /^(export )?(async )?(const|function|class|interface|type|let) \w+/m
    const barrels = typescript.filter(path => passesOn.test(textOf(path)) && !own.test(textOf(path)))
    expect(barrels.filter(path => path !== 'server/scim/index.ts')).toEqual([])
  })
})

describe('a prepared statement', () => {
  test('has a name of its own: a connection refuses a second text under the same one', () => {
    const names = code
      .filter(path => path.endsWith('.sql.ts'))
      .flatMap(path => [...textOf(path).matchAll(/^ +name: '([^']+)',$/gm)].map(([, name]) => name))
    expect(names.length).toBeGreaterThan(50)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })
})
