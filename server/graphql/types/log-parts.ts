// What events and exchanges share: changes.
import type { Change as DomainChange } from '#server/domain/provisioning-log/rules/event.ts'
import { builder } from '../builder.ts'

export const Change = builder.objectRef<DomainChange>('Change').implement({
  description: 'One attribute before and after.',
  authScopes: { may: 'log:read' },
  fields: t => ({
    path: t.exposeString('path', { description: 'Which attribute, for example name.givenName.' }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Its value before; null when it had none.',
      resolve: change => change.before,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Its value after; null when it has none now.',
      resolve: change => change.after,
    }),
  }),
})
