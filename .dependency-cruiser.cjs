// Who may import whom. Each rule is proven to fire by test/architecture/boundaries.test.ts.

const doors = '(scim-http|oauth-http|graphql|saml|cli|simulator)'
const rules = '^server/domain/[^/]+/rules(/|[.]ts$)'
const client = '^prisma/generated/'
const packages = '(^|/)node_modules/'
const makers = '^server/(world|bell|main)([.]ts$|/)|^server/db/'
const wholeHouse = '^(server|web|prisma|scripts)/'

/** Packages the domain may use, each with its reason. */
const domainPackages = [
  '@node-rs/argon2', // the password hash: slow on purpose, so it is native code
  'otpauth', // codes of authenticator apps (RFC 6238): a standard that others test against, pure but for node:crypto
  'jose', // signatures of client assertions: nothing to write by hand, and pure but for node:crypto
]

/** Files of db that only say what went wrong; they open nothing. */
const tellers = '^server/db/(startup-error|errors)[.]ts$'

const circles = [
  {
    name: 'no-circular',
    comment: 'Two files that need each other are one file, or miss a third. Type-only cycles count.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolvable',
    comment: 'An import that leads nowhere escapes every other rule.',
    from: {},
    to: { couldNotResolve: true, pathNot: '^virtual:' },
  },
]

const engine = [
  {
    name: 'scim-is-pure',
    comment: 'The SCIM engine is a language: no Node module, no package, no sibling.',
    from: { path: '^server/scim/' },
    to: { pathNot: '^server/scim/' },
  },
  {
    name: 'scim-one-door',
    comment: 'The engine is entered through its index only.',
    from: { path: wholeHouse, pathNot: '^server/scim/' },
    to: { path: '^server/scim/', pathNot: '^server/scim/index[.]ts$' },
  },
]

const domain = [
  {
    name: 'rules-are-pure',
    comment: 'Rules are plain functions over plain types; they may not even name the context.',
    from: { path: rules },
    to: { pathNot: `${rules}|^server/domain/(error|actor)[.]ts$|^server/scim/index[.]ts$` },
  },
  {
    name: 'domain-knows-no-door',
    comment: 'The domain is called; it calls nobody above it.',
    from: { path: '^server/domain/' },
    to: { path: `^server/(${doors}|http|mail|db)/|^server/(bell|world|main|config)([.]ts$|/)|^web/` },
  },
  {
    name: 'domain-no-packages',
    comment: 'The domain must outlive every package. The exceptions stand above, with reasons.',
    from: { path: '^server/domain/' },
    to: { path: packages, pathNot: `${packages}(${domainPackages.join('|')})/` },
  },
  {
    name: 'domain-core-crypto-only',
    comment: 'No files, no sockets, no processes in the domain.',
    from: { path: '^server/domain/' },
    to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
  },
]

const doorsAndWorld = [
  {
    name: 'doors-ignore-each-other',
    comment: 'What two doors share belongs in the domain.',
    from: { path: `^server/${doors}/` },
    to: { path: `^server/(${doors}|http)/`, pathNot: '^server/$1/' },
  },
  {
    name: 'mail-carries-only',
    comment: 'The post office is handed what to send: it looks nothing up and changes nothing.',
    from: { path: '^server/mail/' },
    to: { path: '^(server|prisma|web)/', pathNot: `^server/mail/|${rules}` },
  },
  {
    name: 'mail-goes-one-way-out',
    comment: 'Whatever is mailed goes through the outbox (domain/mail), never straight to a mail server.',
    from: { path: '^(server|scripts)/', pathNot: '^server/mail/' },
    to: { path: `${packages}nodemailer/` },
  },
  {
    name: 'prisma-runtime-only-in-db',
    comment: 'Only db makes clients; others name their types. *.sql.ts files need the sql tag.',
    from: { path: '^(server|web)/', pathNot: '^server/db/|^server/graphql/builder[.]ts$|[.]sql[.]ts$' },
    to: { path: `${client}|${packages}@prisma/`, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'builder-takes-datamodel-only',
    comment: 'The GraphQL builder reads the datamodel of the Pothos types, never the client itself.',
    from: { path: '^server/graphql/builder[.]ts$' },
    to: {
      path: `${client}|${packages}@prisma/`,
      pathNot: `${client}pothos-types[.]ts$`,
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'only-main-builds-the-world',
    comment: 'Everybody else is handed what they need, so that tests can hand them something else.',
    from: { path: '^(server/[^/]+|web|prisma)/', pathNot: '^server/db/' },
    to: { path: makers, pathNot: tellers },
  },
  {
    name: 'only-main-runs-the-world',
    comment: 'Companions of main on its floor may name the types of what main hands them.',
    from: { path: '^server/[^/]+[.]ts$', pathNot: '^server/(main|run|world)[.]ts$' },
    to: { path: makers, pathNot: tellers, dependencyTypesNot: ['type-only'] },
  },
]

const web = [
  {
    name: 'web-and-server-apart',
    comment: 'The shared contract is schema.graphql and nothing else.',
    from: { path: '^web/' },
    to: { path: '^(server|prisma)/', pathNot: '^server/graphql/schema[.]graphql$' },
  },
  {
    name: 'web-goes-down',
    comment: 'Primitives know no domain word.',
    from: { path: '^web/(ui|lib|graphql)/' },
    to: { path: '^web/(features|pages)/' },
  },
  {
    name: 'features-are-strangers',
    comment: 'Compose features in the page, or move what they share down to ui.',
    from: { path: '^web/features/([^/]+)/' },
    to: { path: '^web/(features|pages)/', pathNot: '^web/features/$1/' },
  },
  {
    name: 'ui-knows-no-graphql',
    comment: 'What is shown comes in as props.',
    from: { path: '^web/(ui|lib)/' },
    to: { path: '^web/graphql/' },
  },
]

const tests = [
  {
    name: 'nothing-imports-tests',
    comment: 'The house stands without its tests.',
    from: { path: wholeHouse },
    to: { path: '^test/' },
  },
]

module.exports = {
  forbidden: [...circles, ...engine, ...domain, ...doorsAndWorld, ...web, ...tests].map(rule => ({
    severity: 'error',
    ...rule,
  })),
  options: {
    doNotFollow: { path: [packages, client] },
    // "specify" tells type-only imports apart from those that exist at run time.
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.mjs', '.js', '.json'],
    },
  },
}
