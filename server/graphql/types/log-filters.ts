// The filters of lists and subscriptions.
import { builder } from '../builder.ts'
import { ExchangeOutcome } from './enums.ts'

export const ProvisioningEventFilter = builder.inputType('ProvisioningEventFilter', {
  description: 'Only events that fulfil everything given.',
  fields: t => ({
    types: t.stringList({ description: 'Of one of these types.' }),
    userId: t.id({ description: 'About this person: their global id.' }),
    groupId: t.id({ description: 'About this group: its global id.' }),
    search: t.string({ description: 'With this in the name of actor or subject, letter case aside.' }),
    from: t.field({ type: 'DateTime', description: 'At this moment or later.' }),
    to: t.field({ type: 'DateTime', description: 'Before this moment.' }),
  }),
})

export const ExchangeFilter = builder.inputType('ExchangeFilter', {
  description: 'Only exchanges that fulfil everything given.',
  fields: t => ({
    outcomes: t.field({ type: [ExchangeOutcome], description: 'That ended in one of these ways.' }),
    methods: t.stringList({ description: 'With one of these HTTP methods.' }),
    statuses: t.intList({ description: 'Answered with one of these HTTP statuses.' }),
    userId: t.id({ description: 'About this person: their global id.' }),
    search: t.string({
      description:
        'With this in path, query, summary, client or token name, letter case aside; or a request id.',
    }),
    from: t.field({ type: 'DateTime', description: 'At this moment or later.' }),
    to: t.field({ type: 'DateTime', description: 'Before this moment.' }),
    changedNothing: t.boolean({ description: 'That changed nothing, or that did.' }),
  }),
})
