// The pages that identity providers ask for all day are read by an index.
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { loadPeople } from '#server/cli/demo-load.sql.ts'
import type { Sql, Statement } from '#server/domain/context.ts'
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
let orgId: string

beforeAll(async () => {
  const world = await makeWorld()
  const organization = await newOrganization(world)
  ;({ sql, orgId } = organization.scim)
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

/** How often PostgreSQL used a plan for all values, of so many runs of the page's one statement. */
async function sharedPlansOf(question: Partial<UserPageQuestion>, runs: number): Promise<number> {
  const asked: { statement: Statement; values: readonly unknown[] }[] = []
  const asking: Sql = {
    run: <Row>(statement: Statement, values: readonly unknown[]) => {
      asked.push({ statement, values })
      return sql.run<Row>(statement, values)
    },
  }
  await readUserPage(asking, { filter: null, sort: null, start: { skip: 0 }, count: 1, ...question })
  const [{ statement, values } = { statement: { text: '' }, values: [] }] = asked
  const client = await (await testDatabase()).pool.connect()
  try {
    await client.query(`PREPARE looked_up AS ${statement.text}`)
    const literals = [orgId, ...values].map(value => pg.escapeLiteral(String(value))).join(', ')
    for (let run = 0; run < runs; run += 1) await client.query(`EXECUTE looked_up(${literals})`)
    const { rows } = await client.query<{ shared: string }>(
      `SELECT generic_plans AS shared FROM pg_prepared_statements WHERE name = 'looked_up'`,
    )
    return Number(rows[0]?.shared)
  } finally {
    await client.query('DEALLOCATE looked_up')
    client.release()
  }
}

test.each<[string, Partial<UserPageQuestion>]>([
  ['userName eq', { ...filter(`userName eq "${someone.userName}"`), withGroups: true }],
  ['externalId eq', { ...filter(`externalId eq "${someone.externalId ?? ''}"`), withGroups: true }],
])('PF: %s is planned once for all values', async (_case, question) => {
  // The first five plans are made for their values; from then on one for all serves, unless it looks dearer.
  expect(await sharedPlansOf(question, 8)).toBe(3)
})
