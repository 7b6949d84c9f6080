// Reads a table as rows of the mapping: names of groups become groups; nothing is written.
import { ref, shallowRef } from 'vue'
import type { ResultOf } from '#web/graphql/graphql.ts'
import { usePlainClient } from '#web/graphql/client.ts'
import { problemOf, type Problem } from '#web/graphql/problem.ts'
import { MappingCsvQuery } from './source-documents.ts'

export type MappingTableRead = NonNullable<ResultOf<typeof MappingCsvQuery>['organization']>['mappingFromCsv']

/** `read` answers null when it failed; then `problem` says why. */
export function useMappingCsv() {
  const client = usePlainClient()
  const running = ref(false)
  const problem = shallowRef<Problem | null>(null)

  async function read(csv: string): Promise<MappingTableRead | null> {
    running.value = true
    problem.value = null
    const { data, error } = await client.query(MappingCsvQuery, { csv }).toPromise()
    running.value = false
    if (error) problem.value = problemOf(error)
    return data?.organization?.mappingFromCsv ?? null
  }
  return { read, running, problem }
}
