// Groups or people that fit a search, to be picked from.
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePlainRead } from '#web/graphql/use-plain-read.ts'
import { wholeNumber } from '#web/lib/format.ts'
import type { PickItem } from '#web/ui/pick.ts'
import { GroupChoicesQuery, PersonChoicesQuery } from './assignee-documents.ts'

interface Wanted {
  kind: 'groups' | 'people'
  search: string
}

/** `found` is undefined while the search is under way; null searches nothing. */
export function useAssignees(wanted: () => Wanted | null) {
  const { t } = useI18n()
  const variablesFor = (kind: Wanted['kind']) => () => {
    const now = wanted()
    return now?.kind === kind ? { search: now.search || null } : null
  }
  const groups = usePlainRead(GroupChoicesQuery, variablesFor('groups'))
  const people = usePlainRead(PersonChoicesQuery, variablesFor('people'))
  const found = computed<PickItem[] | undefined>(() =>
    wanted()?.kind === 'people'
      ? people.data.value?.organization?.users.nodes.map(({ id, displayName, userName }) => ({
          id,
          name: displayName,
          hint: userName,
        }))
      : groups.data.value?.organization?.groups.nodes.map(({ id, name, memberCount }) => ({
          id,
          name,
          hint: t('managed-events.peopleCount', { count: wholeNumber(memberCount) }, memberCount),
        })),
  )
  return { found, problem: computed(() => groups.problem.value ?? people.problem.value) }
}
