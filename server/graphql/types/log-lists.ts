// The two logs of an organization, and the events of one person, newest first.
import type { Context } from '#server/domain/context.ts'
import { builder } from '../builder.ts'
import { costOfOwnList } from '../cost.ts'
import {
  whereEvent,
  whereExchange,
  type EventFilter,
  type ExchangeFilter as Exchanges,
} from '../log-filters.ts'
import { logPage } from '../log-page.ts'
import { longTexts } from '../log-rows.ts'
import type { PageArguments } from '../page.ts'
import { Exchange } from './exchange.ts'
import { ExchangeFilter, ProvisioningEventFilter } from './log-filters.ts'
import { Organization } from './organization.ts'
import { ProvisioningEvent } from './provisioning-event.ts'
import { User } from './user.ts'

const headText =
  'The cursor of the newest line when the page was read, whether the filter shows it or not: a subscription after it misses nothing.'

function eventPage(ctx: Context, page: PageArguments, filter: EventFilter | { ofUser: string } | null) {
  const where = {
    orgId: ctx.orgId,
    ...(filter === null ? {} : 'ofUser' in filter ? { userId: filter.ofUser } : whereEvent(filter)),
  }
  return logPage(ctx, {
    log: 'events',
    page,
    find: (range, read) => ctx.db.provisioningEvent.findMany({ where: { ...where, ...range }, ...read }),
    count: filter === null ? null : () => ctx.db.provisioningEvent.count({ where }),
  })
}

function exchangePage(ctx: Context, page: PageArguments, filter: Exchanges | null) {
  const where = { orgId: ctx.orgId, ...(filter === null ? {} : whereExchange(filter)) }
  return logPage(ctx, {
    log: 'exchanges',
    page,
    find: (range, read) =>
      ctx.db.exchange.findMany({ where: { ...where, ...range }, omit: longTexts, ...read }),
    count: filter === null ? null : () => ctx.db.exchange.count({ where }),
  })
}

builder.prismaObjectFields(Organization, t => ({
  provisioningEvents: t.connection(
    {
      type: ProvisioningEvent,
      description: 'What happened to people, tokens and settings, newest first.',
      authScopes: { may: 'log:read' },
      args: { filter: t.arg({ type: ProvisioningEventFilter, description: 'Which events.' }) },
      resolve: (_organization, args, { call }) => eventPage(call.org, args, args.filter ?? null),
    },
    {
      description: 'A page of events.',
      fields: page => ({
        totalCount: page.int({
          description: 'Events on all pages.',
          resolve: connection => connection.total(),
        }),
        headCursor: page.exposeString('headCursor', { description: headText }),
      }),
    },
    { description: 'An event with its place in the log.' },
  ),
  exchanges: t.connection(
    {
      type: Exchange,
      description: 'Every SCIM request with its answer, newest first.',
      authScopes: { may: 'log:read' },
      args: { filter: t.arg({ type: ExchangeFilter, description: 'Which exchanges.' }) },
      resolve: (_organization, args, { call }) => exchangePage(call.org, args, args.filter ?? null),
    },
    {
      description: 'A page of exchanges.',
      fields: page => ({
        totalCount: page.int({
          description: 'Exchanges on all pages.',
          resolve: connection => connection.total(),
        }),
        headCursor: page.exposeString('headCursor', { description: headText }),
      }),
    },
    { description: 'An exchange with its place in the log.' },
  ),
}))

builder.prismaObjectFields(User, t => ({
  provisioningEvents: t.connection(
    {
      type: ProvisioningEvent,
      description: 'What happened to the person, newest first.',
      complexity: costOfOwnList,
      authScopes: { may: 'log:read' },
      resolve: (user, args, { call }) => eventPage(call.org, args, { ofUser: user.id }),
    },
    {
      description: "A page of one person's events.",
      fields: page => ({
        totalCount: page.int({
          description: 'Events on all pages.',
          resolve: connection => connection.total(),
        }),
        headCursor: page.exposeString('headCursor', { description: headText }),
      }),
    },
    { description: 'An event with its place in the log.' },
  ),
}))
