// What admins should know in time, as the caller sees it.
import { dismissNotice } from '#server/domain/notices/dismiss-notice.ts'
import {
  countNotices,
  readNotice,
  readNotices,
  type NoticeReader,
  type NoticeRow,
} from '#server/domain/notices/read-notices.sql.ts'
import { builder } from '../builder.ts'
import type { Call } from '../call.ts'
import { noticeMessages } from '../feeds.ts'
import { localId, uuidOrNobody } from '../ids.ts'
import { turned, windowOf } from '../page.ts'
import { declared, ForbiddenProblem, NotFoundProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { enumOf } from './enums.ts'
import { Organization } from './organization.ts'

const NoticeKind = enumOf<NoticeRow['subjectKind'], string>('NoticeKind', 'What a notice is about.', {
  SCIM_TOKEN: ['scim-token', 'A SCIM token ends.'],
  OAUTH_SECRET: ['oauth-secret', 'The secret of an OAuth client ends.'],
  CERTIFICATE: ['certificate', "The identity provider's certificate ends."],
  API_KEY: ['api-key', 'An API key ends; told to whoever made it.'],
  SEATS_LOW: ['seats-low', 'At least 90 % of the seats are taken.'],
  SEATS_FULL: ['seats-full', 'No seat is free.'],
  SILENCE: ['silence', 'The identity provider has not called for longer than it usually lets pass.'],
})

const Notice = builder.objectRef<NoticeRow>('Notice')

builder.node(Notice, {
  description:
    'Something that admins should know in time: told once for each step, in the console, in the log and by mail.',
  authScopes: { may: 'notices:read' },
  id: { resolve: notice => notice.id },
  loadOne: (id, { call }) => readNotice(call.org.sql, { userId: readerOf(call), id: uuidOrNobody(id) }),
  fields: t => ({
    kind: t.field({ type: NoticeKind, description: 'What it is about.', resolve: row => row.subjectKind }),
    subjectName: t.exposeString('subjectName', {
      description:
        'The name of the token, client or key; of a certificate whom it names; the number of seats; who is silent.',
    }),
    daysBefore: t.int({
      nullable: true,
      description:
        'Which step it tells: 30, 14, 7, 3 or 1 days before the end, 0 for the end itself; null for what has no end.',
      resolve: row => (row.expiresAt === null ? null : row.threshold),
    }),
    noticedAt: t.expose('noticedAt', { type: 'DateTime', description: 'When it was told.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'The end that it tells of; null for what lasts, such as full seats.',
    }),
    beganAt: t.expose('beganAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it lasts, of silence the last call; null for what ends.',
    }),
    resolvedAt: t.expose('resolvedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When there was nothing left to do, because it was mended or a later step was told; null while it holds.',
    }),
    dismissedAt: t.expose('dismissedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the caller has put it away; null until then.',
    }),
  }),
})

function readerOf({ actor }: Call): string | null {
  return actor.kind === 'person' ? actor.userId : null
}

builder.prismaObjectFields(Organization, t => ({
  notices: t.connection(
    {
      type: Notice,
      description: 'Notices for the caller, newest first.',
      authScopes: { may: 'notices:read' },
      args: {
        open: t.arg.boolean({
          description: 'Only those that still hold and that the caller did not put away.',
        }),
      },
      resolve: async (_organization, args, { call }) => {
        const reader: NoticeReader = { userId: readerOf(call), open: args.open === true }
        const window = windowOf(args)
        const id = window.cursor === null ? null : uuidOrNobody(window.cursor)
        const { sql } = call.org
        const found = await readNotices(sql, reader, {
          id,
          ascending: window.backward,
          take: window.take + 1,
        })
        const { rows, pageInfo } = turned(found, window, row => row.id)
        const edges = rows.map(row => ({ cursor: row.id, node: row }))
        return {
          edges,
          pageInfo,
          total: () => countNotices(sql, reader),
          open: () => countNotices(sql, { ...reader, open: true }),
        }
      },
    },
    {
      description: 'A page of notices.',
      fields: page => ({
        totalCount: page.int({
          description: 'Notices on all pages.',
          resolve: connection => connection.total(),
        }),
        openCount: page.int({
          description: 'Those that still hold and that the caller did not put away.',
          resolve: connection => connection.open(),
        }),
      }),
    },
    { description: 'A notice with its place in the list.' },
  ),
}))

builder.subscriptionField('openNotices', t =>
  t.int({
    description:
      'How many notices hold and were not put away by the caller: now, and whenever one comes or goes, within seconds.',
    authScopes: { may: 'notices:read' },
    subscribe: (_root, _args, { call }) => noticeMessages(call, readerOf(call)),
    resolve: message => {
      if ('refusal' in message) throw message.refusal
      return message.open
    },
  }),
)

const DismissNoticeInput = builder.inputType('DismissNoticeInput', {
  description: 'Which notice.',
  fields: t => ({ id: t.id({ required: true, description: 'Global id of the notice.' }) }),
})

const DismissNoticePayload = builder.objectRef<NoticeRow>('DismissNoticePayload').implement({
  description: 'The notice is put away for the caller.',
  authScopes: { anyone: true },
  fields: t => ({
    notice: t.field({ type: Notice, description: 'The notice as it is now.', resolve: notice => notice }),
  }),
})

builder.mutationField('dismissNotice', t =>
  t.field({
    type: DismissNoticePayload,
    description: 'Puts a notice away for the signed-in person; others still see it.',
    authScopes: { may: 'notices:read' },
    args: { input: t.arg({ type: DismissNoticeInput, required: true, description: 'Which notice.' }) },
    errors: resultOf('DismissNotice', [ForbiddenProblem, NotFoundProblem]),
    resolve: (_root, { input }, { call }) =>
      declared(async () => {
        const noticeId = uuidOrNobody(localId('Notice', input.id))
        await dismissNotice(call.org, { noticeId })
        const notice = await readNotice(call.org.sql, { userId: readerOf(call), id: noticeId })
        if (notice === null) throw new Error('The notice vanished while it was put away.')
        return notice
      }),
  }),
)
