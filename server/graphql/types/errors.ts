// The declared failures: members of every mutation's result union.
import type { InvalidField as DomainField } from '#server/domain/error.ts'
import { builder } from '../builder.ts'
import {
  ConflictProblem,
  FeatureNotInPlanProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  ManagedByIdentityProviderProblem,
  NotFoundProblem,
  SeatLimitProblem,
  StaleProblem,
  type Problem,
} from '../problems.ts'

const Failure = builder.interfaceRef<Problem>('Error').implement({
  description: 'An expected failure: what happened and what to do next.',
  authScopes: { anyone: true },
  fields: t => ({
    message: t.exposeString('message', { description: 'What happened and the next step, for people.' }),
    code: t.exposeString('code', { description: 'Stable slug `room/reason`, for programs.' }),
  }),
})

const declare = { interfaces: [Failure], authScopes: { anyone: true } }

const InvalidField = builder.objectRef<DomainField>('InvalidField').implement({
  description: 'One field of the input that cannot be taken as it is.',
  authScopes: { anyone: true },
  fields: t => ({
    path: t.exposeString('path', { description: 'Name of the field below `input`.' }),
    message: t.exposeString('message', { description: 'What is wrong with it and what would be right.' }),
  }),
})

builder.objectType(InvalidInputProblem, {
  name: 'InvalidInputError',
  description: 'The input cannot be taken as it is.',
  ...declare,
  fields: t => ({
    fields: t.expose('fields', { type: [InvalidField], description: 'What is wrong, field by field.' }),
  }),
})

builder.objectType(NotFoundProblem, {
  name: 'NotFoundError',
  description: 'There is nothing with this id in your organization.',
  ...declare,
})

builder.objectType(ForbiddenProblem, {
  name: 'ForbiddenError',
  description: 'The caller may not do this.',
  ...declare,
})

builder.objectType(FeatureNotInPlanProblem, {
  name: 'FeatureNotInPlanError',
  description: "The organization's plan does not contain this.",
  ...declare,
  fields: t => ({
    feature: t.string({
      description: 'The missing entitlement, as `Entitlements` names it.',
      resolve: problem => problem.domain.detail.feature ?? '',
    }),
  }),
})

builder.objectType(ManagedByIdentityProviderProblem, {
  name: 'ManagedByIdentityProviderError',
  description: 'People are managed by the identity provider while SCIM is enforced; change them there.',
  ...declare,
})

builder.objectType(ConflictProblem, {
  name: 'ConflictError',
  description: 'The state of things does not allow this now.',
  ...declare,
})

builder.objectType(StaleProblem, {
  name: 'StaleError',
  description: 'What the caller saw is no longer true; read again.',
  ...declare,
  fields: t => ({
    oldestCursor: t.string({
      nullable: true,
      description: 'The oldest cursor that can still be followed; null when no cursor is involved.',
      resolve: problem => problem.domain.detail.oldestCursor ?? null,
    }),
  }),
})

builder.objectType(SeatLimitProblem, {
  name: 'SeatLimitError',
  description: 'Every seat is taken.',
  ...declare,
  fields: t => ({
    used: t.int({ description: 'Seats in use.', resolve: problem => problem.domain.detail.used ?? 0 }),
    total: t.int({ description: 'Seats in all.', resolve: problem => problem.domain.detail.total ?? 0 }),
  }),
})
