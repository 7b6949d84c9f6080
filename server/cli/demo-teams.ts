// Groups by hand and managed events of the demonstration, made by the same use cases as everywhere.
import type { Context } from '#server/domain/context.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { setGroupAdmins } from '#server/domain/groups/set-group-admins.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import {
  createManagedEvent,
  type CreateManagedEventInput,
} from '#server/domain/managed-events/create-managed-event.ts'
import { addGroupMembers } from '#server/domain/memberships/add-group-members.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'

interface DemoGroup {
  readonly name: string
  /** Whom it collects, by their department; at most so many. */
  readonly department: string
  readonly people: number
}

const groups: readonly DemoGroup[] = [
  { name: 'Solutions', department: 'Sales', people: 60 },
  { name: 'Interviewers', department: 'Engineering', people: 120 },
  { name: 'Hiring managers', department: 'People', people: 24 },
  { name: 'Renewals', department: 'Customer Success', people: 40 },
]

type Event = CreateManagedEventInput & { readonly groups: readonly string[] }

const events: readonly Event[] = [
  {
    details: {
      name: 'Product demo',
      durationMinutes: 45,
      kind: 'group',
      colour: '#7c3aed',
      description: 'A tour of the product, with time for questions.',
    },
    questions: {
      list: [
        { kind: 'text', label: 'Which parts are you most curious about?', required: false, options: [] },
      ],
    },
    notifications: {
      reminders: [
        { minutesBefore: 1_440, channel: 'email' },
        { minutesBefore: 60, channel: 'email' },
      ],
      cancellationPolicy: 'Please cancel at least four hours ahead.',
    },
    editable: ['location', 'questions'],
    groups: ['Solutions', 'Renewals'],
  },
  {
    details: {
      name: 'Interview',
      durationMinutes: 60,
      colour: '#0f766e',
      description: 'A structured conversation about the role and your experience.',
    },
    editable: ['location'],
    groups: ['Interviewers', 'Hiring managers'],
  },
  {
    details: { name: 'Office hours', durationMinutes: 15, description: 'Bring anything.' },
    editable: ['location', 'details', 'questions', 'notifications', 'booking'],
    groups: [],
  },
]

/** Makes groups, a group admin and managed events; two of their people can sign in once they have a password. */
export async function fillTeams(owner: Context): Promise<void> {
  const ids = new Map<string, string>()
  for (const group of groups) ids.set(group.name, await makeGroup(owner, group))
  for (const { groups: names, ...input } of events) {
    const managedEventId = await createManagedEvent(owner, input)
    const groupIds = names.flatMap(name => ids.get(name) ?? [])
    if (groupIds.length > 0) await assignManagedEvent(owner, { managedEventId, groupIds, userIds: [] })
  }
  const [admin, user] = await peopleOf(owner, { department: 'Sales', people: 2 })
  const groupId = ids.get('Solutions')
  if (admin === undefined || user === undefined || groupId === undefined) return
  await setGroupAdmins(owner, { groupId, userIds: [admin.id] })
  for (const person of [admin, user]) await letSignIn(owner, person)
}

interface Person {
  readonly id: string
  readonly email: string | null
}

function peopleOf(owner: Context, of: Pick<DemoGroup, 'department' | 'people'>): Promise<Person[]> {
  return owner.db.user.findMany({
    where: { orgId: owner.orgId, department: of.department, status: 'active' },
    orderBy: { id: 'asc' },
    take: of.people,
    select: { id: true, email: true },
  })
}

async function makeGroup(owner: Context, group: DemoGroup): Promise<string> {
  const groupId = await createGroupByHand(owner, { name: group.name })
  const people = await peopleOf(owner, group)
  await addGroupMembers(owner, { groupId, userIds: people.map(({ id }) => id) })
  return groupId
}

/** Nobody knows the password that belongs to this yet: every start gives a new one. */
async function letSignIn(owner: Context, person: Person): Promise<void> {
  const { orgId, clock, db } = owner
  await db.credential.create({
    data: {
      orgId,
      userId: person.id,
      loginKey: nameKey(person.email ?? ''),
      passwordHash: '',
      changedAt: clock.now(),
    },
  })
}
