// Takes everything personal of a purged person out of the logs; ids, times and outcomes stay.
import type { Sql, Statement } from '#server/domain/context.ts'

const events: Statement = {
  text: `UPDATE provisioning_events SET detail = '{}' WHERE org_id = $1 AND user_id = $2`,
}
const exchanges: Statement = {
  text: `UPDATE exchanges
            SET query = NULL, request_body = NULL, response_body = NULL, changes = NULL,
                summary = 'About a person who was purged'
          WHERE org_id = $1
            AND (user_id = $2 OR strpos(lower(COALESCE(query, '') || COALESCE(request_body, '') ||
                 COALESCE(response_body, '')), lower($3)) > 0)`,
}

/** `userName` is looked for in requests that name the person before they were known. */
export async function scrubPerson(sql: Sql, person: { id: string; userName: string }): Promise<void> {
  await sql.run(events, [person.id])
  await sql.run(exchanges, [person.id, person.userName])
}
