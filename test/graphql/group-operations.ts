// Who may use which operation of groups, managed events and own meeting types.
import {
  admins,
  global,
  harmless,
  inOrganization,
  person,
  readers,
  unknown,
  type Caller,
} from './operations.ts'

const groupReaders: Caller[] = [...readers, 'groupAdmin', 'mappingsKey', 'groupsKey', 'eventsKey']
const eventReaders: Caller[] = [...readers, 'groupAdmin', 'eventsKey']
const groupWriters: Caller[] = [...admins, 'groupsKey']
const eventWriters: Caller[] = [...admins, 'eventsKey']

const group = { id: global('Group', unknown) }
const event = { id: global('ManagedEvent', unknown) }
const members0 = { groupId: group.id, userIds: [] }
const persons: Caller[] = [...admins, 'groupAdmin', 'user']
const byIdInput = (name: string): [string, object] => [
  `mutation ($input: ManagedEventIdInput!) { ${name}(input: $input) { __typename } }`,
  { input: event },
]

/** Operation: what is sent, and who may. */
export const operationsOfGroups: Record<string, [send: [string, object], allowed: Caller[]]> = {
  'organization.groups': [inOrganization('groups { totalCount }'), groupReaders],
  'organization.managedEvents': [inOrganization('managedEvents { totalCount }'), eventReaders],
  createGroup: [harmless('createGroup', { name: '' }), groupWriters],
  renameGroup: [harmless('renameGroup', { ...group, name: '' }), groupWriters],
  deleteGroup: [harmless('deleteGroup', group), groupWriters],
  addGroupMembers: [harmless('addGroupMembers', members0), [...groupWriters, 'groupAdmin']],
  removeGroupMembers: [harmless('removeGroupMembers', members0), [...groupWriters, 'groupAdmin']],
  setGroupAdmins: [harmless('setGroupAdmins', members0), groupWriters],
  createManagedEvent: [harmless('createManagedEvent', { sections: {} }), eventWriters],
  updateManagedEvent: [harmless('updateManagedEvent', event), eventWriters],
  duplicateManagedEvent: [byIdInput('duplicateManagedEvent'), eventWriters],
  deleteManagedEvent: [byIdInput('deleteManagedEvent'), eventWriters],
  assignManagedEvent: [harmless('assignManagedEvent', event), [...eventWriters, 'groupAdmin']],
  unassignManagedEvent: [harmless('unassignManagedEvent', event), [...eventWriters, 'groupAdmin']],
  'assignManagedEvent to a person': [
    harmless('assignManagedEvent', { ...event, userIds: [person.id] }),
    eventWriters,
  ],
  'updateManagedEventCopy of others': [
    harmless('updateManagedEventCopy', { managedEventId: event.id, userId: person.id, sections: {} }),
    eventWriters,
  ],
  updateManagedEventCopy: [
    harmless('updateManagedEventCopy', { managedEventId: event.id, sections: {} }),
    [...persons, 'eventsKey'],
  ],
  createEventType: [harmless('createEventType', { name: '', slug: '', durationMinutes: 0 }), persons],
  updateEventType: [
    harmless('updateEventType', { id: global('EventType', unknown), name: '', slug: '', durationMinutes: 0 }),
    persons,
  ],
  deleteEventType: [harmless('deleteEventType', { id: global('EventType', unknown) }), persons],
}
