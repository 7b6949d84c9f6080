// Where one is signed in, and signing out there.
import { computed } from 'vue'
import { useCommand } from '#web/graphql/use-command.ts'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { useRead } from '#web/graphql/use-read.ts'
import { EndOtherSessionsMutation, EndSessionMutation, SessionsQuery } from './documents.ts'

export type OwnSession = ResultOf<typeof SessionsQuery>['viewer']['sessions'][number]

/** The sessions, the latest used first. */
export function useSessions() {
  const { data, problem, loading, again } = useRead(SessionsQuery, { variables: {} })
  const sessions = computed(() => data.value?.viewer.sessions ?? [])
  const end = useCommand(EndSessionMutation, 'endSession')
  const endOthers = useCommand(EndOtherSessionsMutation, 'endOtherSessions')
  return { sessions, problem, loading, again, end, endOthers }
}
