// What the group picker offers for what was typed.
import { isSameGroup, type GroupPick } from './draft.ts'

export interface GroupOption {
  kind: 'none' | 'group' | 'drafted' | 'create'
  pick: GroupPick | null
  /** People in it; null where that means nothing. */
  people: number | null
}

interface Found {
  id: string
  name: string
  memberCount: number
}

interface Asked {
  text: string
  groups: readonly Found[]
  /** Groups that are made at save, by name. */
  drafted: readonly string[]
  allowNone: boolean
}

const longestName = 50
const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

/** "No group" first where allowed, then groups that will be made, then those that exist, then the offer to make one. */
export function groupOptions({ text, groups, drafted, allowNone }: Asked): GroupOption[] {
  const typed = text.trim()
  const waiting = drafted.filter(name => name.toLowerCase().includes(typed.toLowerCase()))
  const isKnown = [...waiting, ...groups.map(group => group.name)].some(name => same(name, typed))
  const isName = typed !== '' && Array.from(typed).length <= longestName
  return [
    ...(allowNone && typed === '' ? [{ kind: 'none' as const, pick: null, people: null }] : []),
    ...waiting.map(name => ({ kind: 'drafted' as const, pick: { id: null, name }, people: null })),
    ...groups.map(({ id, name, memberCount }) => ({
      kind: 'group' as const,
      pick: { id, name },
      people: memberCount,
    })),
    ...(isName && !isKnown
      ? [{ kind: 'create' as const, pick: { id: null, name: typed }, people: null }]
      : []),
  ]
}

/** Where the picker begins: at the group that is picked, else at one that is called like the value, else at the offer to make it. */
export function firstChoice(
  options: readonly GroupOption[],
  picked: GroupPick | null,
  suggestion: string,
): number {
  const isPicked = ({ pick }: GroupOption) => picked !== null && isSameGroup(pick, picked)
  const isCalled = ({ pick }: GroupOption) =>
    pick !== null && suggestion !== '' && same(pick.name, suggestion)
  const found = [options.findIndex(isPicked), options.findIndex(isCalled)]
  return found.find(index => index >= 0) ?? 0
}
