// The pages that identity providers ask for all day are read by an index.
import { beforeAll, expect, test } from 'vitest'
import { loadPeople } from '#server/cli/demo-load.sql.ts'
import type { Sql } from '#server/domain/context.ts'
import { readUserPage, type UserPageQuestion } from '#server/domain/users/list-users.sql.ts'
import { columnsOf } from '#server/domain/users/rules/columns.ts'
import { parseFilter, parseSort, userType } from '#server/scim/index.ts'
import { makeUsers } from '#test/bench/people.ts'
import { testDatabase } from '#test/support/database.ts'
import { makeWorld, newOrganization } from '#test/support/make-world.ts'

const crowd = makeUsers(3_000)
const someone = columnsOf(crowd[1_500]?.document ?? {})
const someId = crowd[1_500]?.id ?? ''
let sql: Sql

beforeAll(async () => {
  const world = await makeWorld()
  const organization = await newOrganization(world)
  sql = organization.scim.sql
  await loadPeople(sql, crowd)
  await (await testDatabase()).pool.query('ANALYZE users')
})

const filter = (text: string): Partial<UserPageQuestion> => ({ filter: parseFilter(text, userType) })
const sorted = (sortBy: string, key: string | null): Partial<UserPageQuestion> => ({
  sort: parseSort({ sortBy }, userType),
  start: { behind: { id: someId, key } },
})
const email = someone.email ?? ''

/** Every plan of the statements that one page takes, as text. */
async function plansOf(question: Partial<UserPageQuestion>): Promise<string> {
  const plans: string[] = []
  const explaining: Sql = {
    run: async <Row>(statement: { text: string }, values: readonly unknown[]) => {
      const rows = await sql.run<{ 'QUERY PLAN': string }>({ text: `EXPLAIN ${statement.text}` }, values)
      plans.push(...rows.map(row => row['QUERY PLAN']))
      return sql.run<Row>(statement, values)
    },
  }
  const page = await readUserPage(explaining, {
    filter: null,
    sort: null,
    start: { skip: 0 },
    count: 10,
    ...question,
  })
  expect(page.rows.length).toBeGreaterThan(0)
  return plans.join('\n')
}

test.each<[string, Partial<UserPageQuestion>, RegExp]>([
  ['userName eq', filter(`userName eq "${someone.userName}"`), /users_user_name_living/],
  ['externalId eq', filter(`externalId eq "${someone.externalId ?? ''}"`), /users_external_id/],
  ['emails.value eq', filter(`emails.value eq "${email}"`), /users_email_keys/],
  ['emails[…]', filter(`emails[type eq "work" and value eq "${email}"]`), /users_email_keys/],
  ['emails[…].value', filter(`emails[type eq "work"].value eq "${email}"`), /users_email_keys/],
  ['a conjunction', filter(`active pr and userName eq "${someone.userName}"`), /users_user_name_living/],
  ['id eq', filter(`id eq "${someId}"`), /users_(pkey|living)[\s\S]*\bid = /],
  [
    'the page behind a place',
    { start: { behind: { id: someId, key: null } } },
    /users_(pkey|living)[\s\S]*\bid > /,
  ],
  [
    'the page behind a userName',
    sorted('userName', someone.userNameKey),
    /users_user_name_living[\s\S]*user_name_key >= /,
  ],
  [
    'the page behind an externalId',
    sorted('externalId', someone.externalId),
    /users_external_id[\s\S]*external_id >= /,
  ],
])('PF: %s is read by its index', async (_case, question, index) => {
  expect(await plansOf(question)).toMatch(index)
})
