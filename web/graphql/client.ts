// The two GraphQL clients: one with a normalised cache, one without for long lists and live lines.
import { cacheExchange } from '@urql/exchange-graphcache'
import { Client, fetchExchange, mapExchange, subscriptionExchange, type CombinedError } from '@urql/core'
import type { InjectionKey } from 'vue'
import { inject } from 'vue'
import { isSignedOut } from './problem.ts'
import { forwardSubscription } from './socket.ts'

/** Types without an id, and those read without theirs: the cache keeps them inside what they belong to. */
export const withoutId = [
  'Viewer',
  'Permissions',
  'Entitlements',
  'Seats',
  'StatusCounts',
  'Provisioning',
  'ProvisioningHealth',
  'VolumeBucket',
  'AttentionGroup',
  'Milestone',
  'Change',
  'Quirk',
  'DeviationUse',
  'PageInfo',
  'InvalidField',
  'SetupInvitation',
  'ConnectionTestStep',
  'GroupSourceCounts',
  'PersonName',
  'ManagedEventName',
  'GroupName',
  'GroupMapping',
  'MappedGroup',
  'ManagedEventSections',
  'MeetingDetailsSection',
  'MeetingLocationSection',
  'InviteeQuestionsSection',
  'MeetingNotificationsSection',
  'BookingPageSection',
  'MeetingDetails',
  'MeetingLocation',
  'InviteeQuestions',
  'InviteeQuestion',
  'MeetingNotifications',
  'MeetingReminder',
  'BookingPage',
  'ManagedEventCopy',
  'Membership',
  'MembershipSource',
  'MembershipGiver',
  'MembershipMappingRow',
  'SourceAttribute',
  'Sso',
  'SsoCertificate',
  'SsoKey',
  'SsoTest',
  'SignInWay',
  'Activity',
  'ActivityChange',
  'Installation',
  'UndeliveredMail',
  'Security',
  'TwoStepSecret',
  'Invitation',
  'InvitedUser',
  'UserInvitation',
  'CsvFault',
  'ExchangeMessage',
  'GroupDeletion',
  'GroupMappingPlan',
  'GroupMappingTotals',
  'ManagedEventAssignmentPreview',
  'ManagedEventTotals',
  'ManagedEventUpdatePreview',
  'MappingCsv',
  'MappingCsvRow',
  'MappingFlow',
  'MappingRowChange',
  'NearMiss',
  'OauthClientKey',
  'OverwrittenSection',
  'PlannedPerson',
  'ProvisioningEventMessage',
  'SampledValue',
  'SeenValue',
  'SeenValueList',
  'SourceSample',
  'UndoPlan',
]

export const failures = [
  'InvalidInputError',
  'NotFoundError',
  'ForbiddenError',
  'FeatureNotInPlanError',
  'ManagedByIdentityProviderError',
  'ConflictError',
  'StaleError',
  'SeatLimitError',
]

let leaving = false

/** For whoever signs out: from here on nothing is asked any more, which could only be answered that they are out. */
export function stopAsking(): void {
  leaving = true
}

const transport = {
  url: '/graphql',
  preferGetMethod: false as const,
  fetch: (input: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
    leaving ? new Promise(() => undefined) : fetch(input, init),
  fetchOptions: { credentials: 'same-origin' as const, headers: { 'x-rollcall': '1' } },
}

const streams = subscriptionExchange({ forwardSubscription })

/** Builds both clients. `onSignedOut` runs when an answer says that the session is over. */
export function createClients(onSignedOut: () => void) {
  const watchSession = mapExchange({
    onError(error: CombinedError) {
      if (isSignedOut(error)) onSignedOut()
    },
  })
  const cache = cacheExchange({
    keys: Object.fromEntries([...withoutId, ...failures].map(name => [name, () => null])),
    possibleTypes: { Error: failures },
  })
  return {
    client: new Client({
      ...transport,
      requestPolicy: 'cache-and-network',
      exchanges: [watchSession, cache, fetchExchange, streams],
    }),
    plainClient: new Client({
      ...transport,
      requestPolicy: 'network-only',
      exchanges: [watchSession, fetchExchange, streams],
    }),
  }
}

/** Under this key the application provides the client without a cache. */
export const plainClientKey: InjectionKey<Client> = Symbol('plain client')

/** The client without a cache: for windowed lists, logs and live lines. */
export function usePlainClient(): Client {
  const client = inject(plainClientKey)
  if (!client) throw new Error('No plain client was provided')
  return client
}
