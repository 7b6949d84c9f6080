// Enumerations, each with its words in the domain.
import type { ApiKeyScope as DomainScope, Role } from '#server/domain/actor.ts'
import type { SourceKind } from '#server/domain/memberships/rules/source.ts'
import type { Plan as DomainPlan } from '#server/domain/organizations/rules/entitlements.ts'
import type { UnknownMembers as DomainUnknownMembers } from '#server/domain/organizations/rules/provisioning-settings.ts'
import type { Outcome } from '#server/domain/provisioning-log/rules/exchange.ts'
import type * as section from '#server/domain/managed-events/rules/section.ts'
import type * as token from '#server/domain/scim-tokens/rules/token.ts'
import type { UserStatus as DomainStatus } from '#server/domain/users/rules/user.ts'
import { builder } from '../builder.ts'
import type { GroupOrderName } from '../group-keys.sql.ts'
import type { ManagedEventOrderName } from '../managed-event-keys.sql.ts'

/** `NAME: [domain word, description]`. */
type Words<Name extends string, Word> = Record<Name, readonly [Word, string]>

export function enumOf<Word extends string, const Name extends string>(
  name: string,
  description: string,
  words: Words<Name, Word>,
) {
  const values = Object.entries<readonly [Word, string]>(words).map(
    ([key, [value, text]]) => [key, { value, description: text }] as const,
  )
  const shape = Object.fromEntries(values) as Record<Name, { value: Word; description: string }>
  return builder.enumType(name, { description, values: shape })
}

export const Plan = enumOf<DomainPlan, string>(
  'Plan',
  'What an organization has bought; sets its default entitlements.',
  {
    STANDARD: ['standard', 'Managed events.'],
    TEAMS: ['teams', 'Managed events with locks, and groups.'],
    ENTERPRISE: ['enterprise', 'Everything, SSO and SCIM included.'],
  },
)

export const UnknownMembers = enumOf<DomainUnknownMembers, string>(
  'UnknownMembers',
  'What happens when a group names members who are not provisioned yet.',
  {
    REFUSE: ['refuse', 'The request is refused; the identity provider tries again later.'],
    KEEP_WAITING: ['keep-waiting', 'They are remembered and join the group as soon as they are provisioned.'],
  },
)

export const UserStatus = enumOf<DomainStatus, string>(
  'UserStatus',
  'Where a person stands in their life cycle.',
  {
    PENDING: ['pending', 'Known and allowed in, but not signed in yet. Holds a seat.'],
    ACTIVE: ['active', 'Has signed in. Holds a seat.'],
    DEACTIVATED: ['deactivated', 'Kept with all data, but may not sign in. Holds no seat.'],
    DELETED: ['deleted', 'Gone for the identity provider; purged when the grace period ends.'],
  },
)

export const UserRole = enumOf<Role, string>('UserRole', 'What a person may do in the console.', {
  OWNER: ['owner', 'Everything; exactly one in an organization.'],
  ADMIN: ['admin', 'Everything but what is the owner alone to do.'],
  GROUP_ADMIN: ['group_admin', 'Manages the groups that were given to them.'],
  USER: ['user', 'Sees their own page.'],
})

export const TokenLifetime = enumOf<token.TokenLifetime, string>(
  'TokenLifetime',
  'How long a new token opens the door.',
  {
    DAYS_30: ['30-days', '30 days.'],
    DAYS_90: ['90-days', '90 days.'],
    DAYS_180: ['180-days', '180 days.'],
    YEAR_1: ['1-year', '365 days; the choice when none is made.'],
    NEVER: ['never', 'Until it is revoked. Rotate it by a calendar of your own.'],
  },
)

export const TokenState = enumOf<token.TokenState, string>('TokenState', 'What state a SCIM token is in.', {
  ACTIVE: ['active', 'Opens the door.'],
  EXPIRING: ['expiring', 'Opens the door, for 30 days at most.'],
  EXPIRED: ['expired', 'Its time is over; SCIM answers 401.'],
  REVOKED: ['revoked', 'Ended by hand; SCIM answers 401.'],
  SUSPENDED: ['suspended', 'Waits until SCIM is switched on again; SCIM answers 403.'],
})

export const TokenOverlap = enumOf<token.TokenOverlap, string>(
  'TokenOverlap',
  'When the old token of a rotation ends.',
  {
    NOW: ['now', 'At once.'],
    HOURS_24: ['24-hours', 'In 24 hours.'],
    DAYS_7: ['7-days', 'In 7 days.'],
    FIRST_USE: ['first-use', 'When the new token is used for the first time.'],
  },
)

export const ApiKeyScope = enumOf<DomainScope, string>('ApiKeyScope', 'What an API key may do.', {
  READ: ['read', 'Read people, settings and logs.'],
  USERS_WRITE: ['users:write', 'Read and change people.'],
  GROUPS_WRITE: ['groups:write', 'Change groups and their members.'],
  MAPPINGS_WRITE: ['mappings:write', 'Change the group mapping.'],
  TOKENS_WRITE: ['tokens:write', 'Issue, rotate and revoke SCIM tokens.'],
  MANAGED_EVENTS_WRITE: ['managed-events:write', 'Change managed events.'],
  SETTINGS_WRITE: ['settings:write', 'Change how provisioning behaves.'],
})

export const ApiKeyState = enumOf<'active' | 'expiring' | 'expired' | 'revoked', string>(
  'ApiKeyState',
  'What state an API key is in.',
  {
    ACTIVE: ['active', 'Works.'],
    EXPIRING: ['expiring', 'Works, for 30 days at most.'],
    EXPIRED: ['expired', 'Its time is over.'],
    REVOKED: ['revoked', 'Ended by hand.'],
  },
)

export const UserOrderField = enumOf<'name' | 'userName' | 'createdAt' | 'provisionedAt', string>(
  'UserOrderField',
  'What lists of people are sorted by.',
  {
    NAME: ['name', 'The display name.'],
    USER_NAME: ['userName', 'The user name, letter case aside.'],
    CREATED_AT: ['createdAt', 'When the person came to be here.'],
    PROVISIONED_AT: [
      'provisionedAt',
      'When the identity provider last changed the person; never sorts first.',
    ],
  },
)

export const OrderDirection = enumOf<'asc' | 'desc', string>(
  'OrderDirection',
  'Which end of a list comes first.',
  {
    ASC: ['asc', 'Smallest, earliest, A first.'],
    DESC: ['desc', 'Largest, latest, Z first.'],
  },
)

export const IdentityProvider = enumOf<'entra' | 'okta' | 'onelogin', string>(
  'IdentityProvider',
  'Which product sent a request, guessed from its shape.',
  {
    ENTRA: ['entra', 'Microsoft Entra ID.'],
    OKTA: ['okta', 'Okta.'],
    ONELOGIN: ['onelogin', 'OneLogin.'],
  },
)

export const ActorKind = enumOf<'person' | 'api-key' | 'scim-token' | 'operator' | 'system', string>(
  'ActorKind',
  'What kind of caller did something.',
  {
    PERSON: ['person', 'Somebody who was signed in.'],
    API_KEY: ['api-key', 'An automation client.'],
    SCIM_TOKEN: ['scim-token', 'An identity provider.'],
    OPERATOR: ['operator', 'Whoever runs the installation.'],
    SYSTEM: ['system', 'The server itself, for example when a grace period ends.'],
  },
)

export const ViewerKind = enumOf<'anonymous' | 'person' | 'api-key' | 'operator', string>(
  'ViewerKind',
  'What kind of caller asks.',
  {
    ANONYMOUS: ['anonymous', 'Nobody is signed in.'],
    PERSON: ['person', 'Somebody who is signed in.'],
    API_KEY: ['api-key', 'An automation client.'],
    OPERATOR: ['operator', 'Whoever runs the installation.'],
  },
)

export const ExchangeOutcome = enumOf<Outcome, string>('ExchangeOutcome', 'How a SCIM request ended.', {
  SUCCEEDED: ['succeeded', 'Status below 400.'],
  REFUSED: ['refused', 'Status 400 to 499: the request could not be carried out.'],
  FAILED: ['failed', 'Status 500 and above: Rollcall failed.'],
})

export const MembershipSourceKind = enumOf<SourceKind, string>(
  'MembershipSourceKind',
  'Why somebody is in a group.',
  {
    MAPPING: ['mapping', 'Their group value is mapped to the group.'],
    DEFAULT: ['default', 'It is the group for people without a match.'],
    SCIM: ['scim', 'The identity provider put them in.'],
    MANUAL: ['manual', 'Placed by hand.'],
  },
)

export const GroupOrderField = enumOf<GroupOrderName, string>(
  'GroupOrderField',
  'What lists of groups are sorted by.',
  {
    NAME: ['name', 'The name, letter case aside.'],
    CREATED_AT: ['createdAt', 'When the group was made.'],
    CHANGED_AT: ['changedAt', 'When its name or members last changed.'],
  },
)

export const ManagedEventSection = enumOf<section.Section, string>(
  'ManagedEventSection',
  'A part of a managed event that is locked or open as a whole.',
  {
    DETAILS: ['details', 'Name, duration, kind, colour, description.'],
    LOCATION: ['location', 'Where it takes place; never locked.'],
    QUESTIONS: ['questions', 'What invitees are asked.'],
    NOTIFICATIONS: ['notifications', 'Reminders and cancellation policy.'],
    BOOKING: ['booking', 'Address and options of the booking page.'],
  },
)

export const ManagedEventKind = enumOf<section.EventKind, string>(
  'ManagedEventKind',
  'How many invitees meet the host.',
  {
    ONE_ON_ONE: ['one-on-one', 'One invitee.'],
    GROUP: ['group', 'Several invitees at once.'],
  },
)

export const MeetingLocationKind = enumOf<section.LocationKind, string>(
  'MeetingLocationKind',
  'What kind of place a meeting has.',
  {
    VIDEO: ['video', 'A video call.'],
    PHONE: ['phone', 'A phone call.'],
    IN_PERSON: ['in-person', 'An address.'],
    ASK_INVITEE: ['ask-invitee', 'The invitee says where.'],
    CUSTOM: ['custom', 'Anything else, as described.'],
  },
)

export const InviteeQuestionKind = enumOf<section.QuestionKind, string>(
  'InviteeQuestionKind',
  'How a question is answered.',
  {
    LINE: ['line', 'One line of text.'],
    TEXT: ['text', 'Several lines of text.'],
    PHONE: ['phone', 'A phone number.'],
    ONE_OF: ['one-of', 'One of the options.'],
    SEVERAL_OF: ['several-of', 'Any of the options.'],
  },
)

export const ReminderChannel = enumOf<section.ReminderChannel, string>(
  'ReminderChannel',
  'How a reminder reaches the invitee.',
  {
    EMAIL: ['email', 'By e-mail.'],
    SMS: ['sms', 'By text message.'],
  },
)

export const AssignmentChange = enumOf<'gain' | 'lose', string>(
  'AssignmentChange',
  'What an assignment does to a person.',
  {
    GAIN: ['gain', 'They get a copy.'],
    LOSE: ['lose', 'They lose their copy.'],
  },
)

export const ManagedEventOrderField = enumOf<ManagedEventOrderName, string>(
  'ManagedEventOrderField',
  'What lists of managed events are sorted by.',
  {
    NAME: ['name', 'The name.'],
    CREATED_AT: ['createdAt', 'When it was made.'],
    CHANGED_AT: ['changedAt', 'When its template last changed.'],
  },
)
