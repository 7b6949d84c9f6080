// The endpoints of /Groups: create, read, list, replace, patch, delete (RFC 7644 section 3).
import { createGroup as makeGroup } from '#server/domain/groups/create-group.ts'
import { deleteGroup } from '#server/domain/groups/delete-group.ts'
import { findGroup } from '#server/domain/groups/find-group.ts'
import { listGroups } from '#server/domain/groups/list-groups.ts'
import { reviseGroup, type ReviseGroupInput } from '#server/domain/groups/revise-group.ts'
import { documentOf, namesOf, type Group } from '#server/domain/groups/rules/group.ts'
import { listMembers } from '#server/domain/memberships/list-members.ts'
import type { Related } from '#server/domain/memberships/read-members.sql.ts'
import {
  applyPatch,
  groupType,
  ifNoneMatchHits,
  isSelected,
  normalizeGroupBody,
  normalizePatchBody,
  planMembers,
  splitGroupBody,
  splitGroupPatch,
  weakTag,
  type Resource,
  type Selection,
} from '#server/scim/index.ts'
import type { Answer, AuthenticatedCall } from './call.ts'
import { groupLocation, presentGroup } from './group-mapper.ts'
import { answerPage, readListRequest } from './list-request.ts'
import { noteCreated, noteDeleted, noteFoundGroups, noteGroup, noteRevised } from './note-group.ts'
import {
  answersNoContent,
  expectation,
  idOf,
  normalized,
  noteIgnored,
  selectionOf,
  toleranceOf,
} from './read-call.ts'

/** POST /Groups. */
export async function createGroup(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call, groupType)
  const { settings } = call.token
  const { document, members, ignored } = splitGroupBody(normalized(call, normalizeGroupBody), {
    interaction: 'create',
    ...toleranceOf(call),
  })
  noteIgnored(call, ignored)
  const { group, moved } = await makeGroup(call.ctx, { names: namesOf(document), members, settings })
  noteCreated(call, group, moved)
  return { ...(await shown(call, group, selection)), status: 201 }
}

/** GET /Groups/{id}. */
export async function readGroup(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call, groupType)
  const group = await findGroup(call.ctx, { groupId: idOf(call) })
  noteGroup(call, group)
  if (ifNoneMatchHits(call.headers['if-none-match'], weakTag(group.version))) {
    return { status: 304, headers: { etag: weakTag(group.version) } }
  }
  return shown(call, group, selection)
}

/** GET /Groups. */
export async function searchGroups(call: AuthenticatedCall): Promise<Answer> {
  const request = await readListRequest(call, groupType)
  const { selection, filter } = request
  const { groups, total, end } = await listGroups(call.ctx, request)
  noteFoundGroups(call, { filter, groups, total })
  const resources = await presentGroups(call, groups, selection)
  return answerPage(call, request, { resources, total, end })
}

/** PUT /Groups/{id}: replaces the member list, too (U13). */
export async function replaceGroup(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call, groupType)
  const { document, members, ignored } = splitGroupBody(normalized(call, normalizeGroupBody), {
    interaction: 'replace',
    ...toleranceOf(call),
  })
  noteIgnored(call, ignored)
  const names = namesOf(document)
  const plan = planMembers([{ kind: 'replace', ids: members }])
  return shown(call, await revised(call, { revise: () => names, members: plan }), selection)
}

/**
 * PATCH /Groups/{id}. Answers 204 unless `attributes` or `excludedAttributes` ask for the resource: the members of a
 * large group are not sent along with every change of one.
 */
export async function patchGroup(call: AuthenticatedCall): Promise<Answer> {
  const selection = selectionOf(call, groupType)
  const body = normalized(call, sent => normalizePatchBody(sent, groupType))
  const { operations, members, ignored } = splitGroupPatch(body, toleranceOf(call))
  noteIgnored(call, ignored)
  const revise: ReviseGroupInput['revise'] = current =>
    namesOf(applyPatch(documentOf(current), operations, groupType))
  const group = await revised(call, { revise, members: planMembers(members) })
  const noContent = answersNoContent(call, { always: true })
  return noContent === null
    ? shown(call, group, selection)
    : { status: 204, headers: { etag: weakTag(group.version), ...noContent } }
}

/** DELETE /Groups/{id}. */
export async function removeGroup(call: AuthenticatedCall): Promise<Answer> {
  const group = await deleteGroup(call.ctx, { groupId: idOf(call), expects: expectation(call) })
  noteDeleted(call, group)
  return { status: 204 }
}

async function revised(
  call: AuthenticatedCall,
  what: Pick<ReviseGroupInput, 'revise' | 'members'>,
): Promise<Group> {
  const outcome = await reviseGroup(call.ctx, {
    ...what,
    groupId: idOf(call),
    settings: call.token.settings,
    expects: expectation(call),
  })
  noteRevised(call, outcome, what.members)
  return outcome.group
}

async function shown(call: AuthenticatedCall, group: Group, selection: Selection): Promise<Answer> {
  const location = groupLocation(group, call.baseUrl)
  const members = (await membersOf(call, [group], selection)).get(group.id) ?? []
  return {
    status: 200,
    body: presentGroup(group, { baseUrl: call.baseUrl, selection, members }),
    headers: { location, 'content-location': location, etag: weakTag(group.version) },
  }
}

/** Groups as the entries of a list, in the same order. */
export async function presentGroups(
  call: AuthenticatedCall,
  groups: readonly Group[],
  selection: Selection,
): Promise<Resource[]> {
  const members = await membersOf(call, groups, selection)
  return groups.map(group =>
    presentGroup(group, { baseUrl: call.baseUrl, selection, members: members.get(group.id) ?? [] }),
  )
}

/** Members by group, in one query; none when nobody will see them (A9). */
async function membersOf(
  call: AuthenticatedCall,
  groups: readonly Group[],
  selection: Selection,
): Promise<ReadonlyMap<string, readonly Related[]>> {
  if (groups.length === 0 || !isSelected(selection, 'members')) return new Map()
  return listMembers(call.ctx, { groupIds: groups.map(({ id }) => id) })
}
