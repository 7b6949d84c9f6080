// Takes everything personal of a purged person out of the logs; ids, times and outcomes stay.
import type { Sql, Statement } from '#server/domain/context.ts'

const events: Statement = {
  text: `UPDATE provisioning_events SET detail = '{}' WHERE org_id = $1 AND user_id = $2`,
}
/** Names of a change of many people; their ids stay. */
const groupEvents: Statement = {
  text: `UPDATE provisioning_events SET detail = detail #- '{people,names}'
          WHERE org_id = $1 AND type IN ('group.member_added', 'group.member_removed')
            AND detail #> '{people,ids}' ? $2::text`,
}
const exchanges: Statement = {
  text: `UPDATE exchanges
            SET query = NULL, request_body = NULL, response_body = NULL, changes = NULL,
                summary = 'About a person who was purged'
          WHERE org_id = $1
            AND (user_id = $2 OR starts_with(path, '/Users/' || $2::text) OR EXISTS (SELECT 1 FROM unnest($3::text[]) AS w(word) WHERE strpos(lower(
                 COALESCE(query, '') || COALESCE(request_body, '') || COALESCE(response_body, '')), lower(w.word)) > 0))`,
}

export interface PersonToForget {
  readonly id: string
  /** userName, addresses, externalId: found in requests that name the person before they were known. */
  readonly names: readonly string[]
}

/** The id finds lists of members. Queries are kept percent-encoded and bodies as JSON, so names are looked for in every form. */
export async function scrubPerson(sql: Sql, person: PersonToForget): Promise<void> {
  const words = [...new Set([person.id, ...person.names.flatMap(formsOf)])]
  await sql.run(events, [person.id])
  await sql.run(groupEvents, [person.id])
  await sql.run(exchanges, [person.id, words])
}

function formsOf(name: string): string[] {
  const json = JSON.stringify(name).slice(1, -1)
  return [name, json, encodeURIComponent(name), encodeURIComponent(json)]
}
