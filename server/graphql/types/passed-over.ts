// Somebody of a list for whom nothing was done, and why.
import {
  passedSentence,
  type PassedOver as Passed,
  type PassedReason,
} from '#server/domain/users/rules/people-list.ts'
import { builder } from '../builder.ts'
import { globalId } from '../ids.ts'
import { enumOf } from './enums.ts'

const PassedOverReason = enumOf<PassedReason, string>(
  'PassedOverReason',
  'Why nothing was done for somebody of a list.',
  {
    UNKNOWN: ['unknown', 'Not in the organization (any more).'],
    OWNER: ['owner', 'The owner keeps their role.'],
    YOURSELF: ['yourself', 'Nobody changes their own role together with those of others.'],
    NOT_PENDING: ['not-pending', 'Not pending: there is no invitation to send.'],
    NO_ADDRESS: ['no-address', 'No e-mail address to sign in with.'],
    NOT_PERMITTED: ['not-permitted', 'Has a role that the caller may not give.'],
  },
)

export const PassedOver = builder.objectRef<Passed>('PassedOver').implement({
  description: 'Somebody of a list for whom nothing was done.',
  authScopes: { anyone: true },
  fields: t => ({
    id: t.id({
      description: 'Global id, as it was sent.',
      resolve: ({ userId }) => globalId('User', userId),
    }),
    displayName: t.exposeString('name', { nullable: true, description: 'Null for ids that are nobody’s.' }),
    reason: t.field({ type: PassedOverReason, description: 'Why.', resolve: ({ reason }) => reason }),
    message: t.string({
      description: 'Why, and what to do, for people.',
      resolve: ({ reason }) => passedSentence(reason),
    }),
  }),
})
