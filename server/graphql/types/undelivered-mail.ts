// Mails that did not get through, with what the mail server said.
import { readUndelivered, type UndeliveredMail as Row } from '#server/domain/mail/read-undelivered.sql.ts'
import { builder } from '../builder.ts'
import { Organization } from './organization.ts'

const UndeliveredMail = builder.objectRef<Row>('UndeliveredMail').implement({
  description: 'A mail that failed and was not sent since.',
  authScopes: { may: 'notices:read' },
  fields: t => ({
    id: t.exposeID('id', { description: 'Its name in the outbox; grows with time.' }),
    kind: t.exposeString('kind', { description: 'What kind of news it is, such as `notice`.' }),
    recipient: t.exposeString('recipient', { description: 'The address.' }),
    subject: t.exposeString('subject', { description: 'Its subject; what it said is not shown.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
    attempts: t.exposeInt('attempts', { description: 'How often it was tried.' }),
    failure: t.exposeString('failure', { description: 'What the mail server said last.' }),
    givenUpAt: t.expose('givenUpAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was given up; null while it is still tried.',
    }),
  }),
})

builder.prismaObjectFields(Organization, t => ({
  undeliveredMails: t.field({
    type: [UndeliveredMail],
    description: 'Mails that failed and were not sent since: the latest hundred, newest first.',
    authScopes: { may: 'notices:read' },
    resolve: (_organization, _args, { call }) => readUndelivered(call.org.sql),
  }),
}))
