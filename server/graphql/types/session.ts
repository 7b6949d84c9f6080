// Where the caller is signed in, and signing out there.
import { endOtherSessions } from '#server/domain/sessions/end-other-sessions.ts'
import { endSession } from '#server/domain/sessions/end-session.ts'
import { listSessions, type OwnSession } from '#server/domain/sessions/list-sessions.ts'
import type { SessionVia } from '#server/domain/sessions/start-session.ts'
import { builder } from '../builder.ts'
import { declared, ForbiddenProblem, NotFoundProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { enumOf } from './enums.ts'
import { Viewer } from './viewer.ts'

const SessionWay = enumOf<SessionVia, string>('SessionWay', 'How someone proved who they are.', {
  PASSWORD: ['password', 'With their password.'],
  SSO: ['sso', 'Through the identity provider.'],
  RECOVERY_CODE: ['recovery_code', 'With a recovery code.'],
})

const Session = builder.objectRef<OwnSession>('Session').implement({
  description: 'One browser in which the caller is signed in.',
  authScopes: { anyone: true },
  fields: t => ({
    id: t.exposeID('id', { description: 'For `endSession`; opens nothing.' }),
    current: t.exposeBoolean('current', { description: 'Whether it is the one that asks.' }),
    way: t.field({
      type: SessionWay,
      description: 'How they signed in.',
      resolve: ({ via }) => via,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When they signed in.' }),
    seenAt: t.expose('seenAt', { type: 'DateTime', description: 'When it was last used, to the minute.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When it ends at the latest; eight hours without use end it, too.',
    }),
    ip: t.exposeString('ip', {
      nullable: true,
      description: 'The address they signed in from; null when unknown.',
    }),
    client: t.exposeString('client', {
      nullable: true,
      description: 'The browser, as it names itself; null when it does not.',
    }),
  }),
})

builder.objectField(Viewer, 'sessions', t =>
  t.field({
    type: [Session],
    description: 'Where the signed-in person is signed in, the latest used first; empty for other callers.',
    authScopes: { anyone: true },
    resolve: (_viewer, _args, { call }) => (call.actor.kind === 'person' ? listSessions(call.org) : []),
  }),
)

const EndSessionInput = builder.inputType('EndSessionInput', {
  description: 'Which session.',
  fields: t => ({ id: t.id({ required: true, description: 'As `viewer.sessions` shows it.' }) }),
})

interface Ended {
  readonly ended: number
}

const payload = (name: string) =>
  builder.objectRef<Ended>(name).implement({
    description: 'The person is signed out there.',
    authScopes: { anyone: true },
    fields: t => ({ ended: t.exposeInt('ended', { description: 'How many sessions ended.' }) }),
  })

builder.mutationField('endSession', t =>
  t.field({
    type: payload('EndSessionPayload'),
    description: "Ends one of the caller's own sessions. People only.",
    authScopes: { member: true },
    args: { input: t.arg({ type: EndSessionInput, required: true, description: 'Which one.' }) },
    errors: resultOf('EndSession', [ForbiddenProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        await endSession(call.org, { sessionId: input.id })
        return { ended: 1 }
      }),
  }),
)

builder.mutationField('endOtherSessions', t =>
  t.field({
    type: payload('EndOtherSessionsPayload'),
    description: 'Ends all sessions of the caller but this one. People only.',
    authScopes: { member: true },
    errors: resultOf('EndOtherSessions', [ForbiddenProblem]),
    resolve: (_root, _args, { call }) => declared(() => endOtherSessions(call.org)),
  }),
)
