// One small tree per import rule that breaks it, and nothing else: the proof that each rule fires.

/** `files` maps paths to contents; `breach` is the one import that the rule must name. */
export interface Breach {
  rule: string
  files: Record<string, string>
  breach: { from: string; to: string }
}

const empty = 'export const nothing = 0\n'

/** A tree of two files in which `from` imports `to`. */
function importing(rule: string, from: string, to: string, how = 'import'): Breach {
  const up = '../'.repeat(from.split('/').length - 1)
  const script = `${how} '${up === '' ? './' : up}${to}'\n`
  const content = from.endsWith('.vue') ? `<script setup lang="ts">\n${script}</script>\n` : script
  return { rule, files: { [from]: content, [to]: empty }, breach: { from, to } }
}

/** A tree of one file that imports something from outside the tree. */
function reaching(rule: string, from: string, module: string, to: string): Breach {
  return { rule, files: { [from]: `import '${module}'\n` }, breach: { from, to } }
}

const typed = 'import type { nothing } from'

export const breaches: Breach[] = [
  {
    rule: 'no-circular',
    files: {
      'server/domain/users/a.ts': "import type { B } from './b.ts'\nexport type A = B[]\n",
      'server/domain/users/b.ts': "import type { A } from './a.ts'\nexport type B = A[]\n",
    },
    breach: { from: 'server/domain/users/a.ts', to: 'server/domain/users/b.ts' },
  },
  reaching('no-unresolvable', 'server/world.ts', './nowhere.ts', './nowhere.ts'),
  reaching('scim-is-pure', 'server/scim/urn.ts', 'node:fs', 'fs'),
  reaching('scim-is-pure', 'server/scim/urn.ts', 'zod', 'node_modules/zod'),
  importing('scim-is-pure', 'server/scim/urn.ts', 'server/domain/error.ts', typed),
  importing('scim-one-door', 'server/scim-http/users.ts', 'server/scim/filter/parse.ts'),
  importing('rules-are-pure', 'server/domain/users/rules/diff.ts', 'server/domain/context.ts', typed),
  importing('rules-are-pure', 'server/domain/managed-events/rules.ts', 'server/domain/transact.ts'),
  reaching('rules-are-pure', 'server/domain/users/rules/diff.ts', 'node:crypto', 'crypto'),
  importing('domain-knows-no-door', 'server/domain/users/find-user.ts', 'server/graphql/scope.ts', typed),
  importing('domain-knows-no-door', 'server/domain/users/find-user.ts', 'server/config.ts'),
  reaching('domain-no-packages', 'server/domain/transact.ts', 'zod', 'node_modules/zod'),
  reaching('domain-core-crypto-only', 'server/domain/transact.ts', 'node:fs', 'fs'),
  importing('doors-ignore-each-other', 'server/scim-http/users.ts', 'server/graphql/scope.ts'),
  importing('doors-ignore-each-other', 'server/cli/setup-link.ts', 'server/http/app.ts', typed),
  importing('mail-carries-only', 'server/mail/post-office.ts', 'server/domain/mail/queue-mail.ts', typed),
  importing('domain-knows-no-door', 'server/domain/mail/queue-mail.ts', 'server/mail/post-office.ts'),
  reaching('mail-goes-one-way-out', 'server/graphql/yoga.ts', 'nodemailer', 'node_modules/nodemailer'),
  importing('prisma-runtime-only-in-db', 'server/domain/users/find-user.ts', 'prisma/generated/client.ts'),
  importing('builder-takes-datamodel-only', 'server/graphql/builder.ts', 'prisma/generated/client.ts'),
  importing('only-main-builds-the-world', 'server/http/app.ts', 'server/world.ts'),
  importing('only-main-builds-the-world', 'server/graphql/yoga.ts', 'server/db/open.ts', typed),
  importing('only-main-builds-the-world', 'server/cli/setup-link.ts', 'server/bell.ts', typed),
  importing('only-main-runs-the-world', 'server/serve.ts', 'server/world.ts'),
  importing('web-and-server-apart', 'web/lib/plural.ts', 'server/domain/error.ts', typed),
  importing('web-goes-down', 'web/ui/StatePanel.vue', 'web/features/users/count.ts'),
  importing('features-are-strangers', 'web/features/users/UserRow.vue', 'web/features/feed/merge.ts'),
  importing('features-are-strangers', 'web/features/users/count.ts', 'web/pages/titles.ts'),
  importing('ui-knows-no-graphql', 'web/ui/StatePanel.vue', 'web/graphql/client.ts'),
  importing('nothing-imports-tests', 'server/world.ts', 'test/support/clock.ts'),
]

/** Imports that the rules must let through, in one tree. */
export const permitted: Record<string, string> = {
  'server/scim/index.ts': "export * from './urn.ts'\n",
  'server/scim/urn.ts': empty,
  'server/domain/error.ts': empty,
  'server/domain/sessions/hash-password.ts': "import '@node-rs/argon2'\nimport 'node:crypto'\n",
  'server/domain/users/rules/diff.ts': "import '../../error.ts'\nimport '../../../scim/index.ts'\n",
  'server/domain/users/find-user.ts': `${typed} '../../../prisma/generated/client.ts'\n`,
  'server/domain/users/find-user.sql.ts': "import '../../../prisma/generated/client.ts'\n",
  'server/graphql/builder.ts': "import '../../prisma/generated/pothos-types.ts'\n",
  'server/db/open.ts': "import '../../prisma/generated/client.ts'\n",
  'server/main.ts': "import './run.ts'\nimport './db/open.ts'\n",
  'server/run.ts': "import './world.ts'\nimport './db/open.ts'\n",
  'server/world.ts': empty,
  'server/serve.ts': `${typed} './world.ts'\n`,
  'server/config.ts': "import './db/startup-error.ts'\n",
  'server/db/startup-error.ts': empty,
  'prisma/generated/client.ts': empty,
  'prisma/generated/pothos-types.ts': "import './client.ts'\n",
  'web/pages/UsersPage.vue': `<script setup lang="ts">\nimport '../features/users/count.ts'\n</script>\n`,
  'web/features/users/count.ts': "import '../../lib/plural.ts'\n",
  'web/lib/plural.ts': empty,
}
