// What is the same for every organization of this installation, and what its callers need to know of it.
import { builder } from '../builder.ts'
import type { GraphqlSettings } from '../settings.ts'

const Installation = builder.objectRef<GraphqlSettings>('Installation').implement({
  description: 'This installation of Rollcall.',
  authScopes: { member: true, operator: true },
  fields: t => ({
    mailConfigured: t.exposeBoolean('sendsMail', {
      description:
        'Whether a mail server is set up. Without one nothing is mailed: show people the link instead.',
    }),
  }),
})

builder.queryField('installation', t =>
  t.field({
    type: Installation,
    description: 'The installation, for everybody who is signed in and for the operator.',
    authScopes: { member: true, operator: true },
    resolve: (_root, _args, { call }) => call.settings,
  }),
)
