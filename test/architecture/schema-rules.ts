// The rules that keep the data distributable by organization, as functions over schema and migration texts.

/** Tables that belong to no organization, each with its reason. */
export const globalModels: Record<string, string> = {
  Organization: 'the one reference table: small and read-mostly',
  Installation: 'one row for the whole installation, there before any organization',
  SignInFailure: 'counted before it is known which organization a person belongs to',
}

/** Keys and indexes that do not begin with the organization, each with its reason. */
export const exceptions: Record<string, string> = {
  organizations_key: 'names the organization inside its tokens, in the reference table itself',
  credentials_login_key: 'the sign-in page knows no organization yet; not unique',
  sign_in_failures_time: 'old failures are swept by time; the table is global',
  users_email_keys: 'an inverted index over an array cannot begin with a plain column; not unique',
}

interface Model {
  name: string
  body: string
}

function modelsOf(schema: string): Model[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
    name,
    body: body.replace(/\/\/.*$/gm, ''),
  }))
}

/** Every breach of the schema rules in a Prisma schema: "Model: what is wrong". */
export function faultsOfSchema(schema: string): string[] {
  return modelsOf(schema).flatMap(model => {
    const own = model.name in globalModels ? [] : tenantFaults(model)
    return [...own, ...counterFaults(model), ...uniqueFaults(model)].map(fault => `${model.name}: ${fault}`)
  })
}

function tenantFaults({ body }: Model): string[] {
  const faults = /^\s*orgId\s+String\s/m.test(body) ? [] : ['has no orgId']
  const key = /@@id\(\[(\w+)/.exec(body)?.[1] ?? /^\s*(\w+)\s.*\s@id\b/m.exec(body)?.[1]
  if (key !== 'orgId') faults.push(`key begins with ${key ?? 'nothing'}`)
  for (const [, kind = '', first = '', rest = ''] of body.matchAll(/@@(unique|index)\(\[(\w+)(.*)$/gm)) {
    const name = /map: "(\w+)"/.exec(rest)?.[1] ?? ''
    if (first !== 'orgId' && !(name in exceptions)) faults.push(`${kind} ${name} begins with ${first}`)
  }
  for (const [, first = ''] of body.matchAll(/@relation\(.*fields: \[(\w+)/g)) {
    if (first !== 'orgId') faults.push(`foreign key begins with ${first}`)
  }
  return faults
}

function counterFaults({ body }: Model): string[] {
  const faults = /autoincrement|dbgenerated|sequence\(\)/.test(body) ? ['lets the database count'] : []
  const plain = /^\s*(id|\w+Id)\s+String(?!.*@db\.Uuid)/gm
  for (const [, field = ''] of body.matchAll(plain)) {
    if (!['externalId', 'subjectId', 'requestId'].includes(field)) faults.push(`${field} is no UUID`)
  }
  return faults
}

function uniqueFaults({ name, body }: Model): string[] {
  const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name
  return [...body.matchAll(/^\s*(\w+)\s.*@unique/gm)]
    .map(([, field = '']) => field)
    .filter(field => !(`${table}_${field}` in exceptions))
    .map(field => `${field} is unique across organizations`)
}

const forbidden: [RegExp, string][] = [
  [/\b(small|big)?serial\b|\bidentity\b|create\s+sequence|nextval/i, 'a counter of the database'],
  [/create\s+(or\s+replace\s+)?(constraint\s+)?trigger/i, 'a trigger'],
  [/create\s+(or\s+replace\s+)?(function|procedure)/i, 'a stored function'],
  [/\bdeferrable\b|\bexclude\s+using\b/i, 'a deferrable or exclusion constraint'],
  [/\block\s+table\b|create\s+temp/i, 'a table lock or temporary table'],
  [/create\s+type\s+\S+\s+as\s+enum/i, 'an enumeration type (use text with a check)'],
]

/** Tables of the migrations that belong to no organization. */
const globalTables = ['organizations', 'installation', 'sign_in_failures']

/** Every breach of the schema rules in the SQL of a migration. */
export function faultsOfMigration(sql: string): string[] {
  const plain = sql.replace(/--.*$/gm, '')
  const banned = forbidden.filter(([pattern]) => pattern.test(plain)).map(([, what]) => `has ${what}`)
  return [...banned, ...indexFaults(plain), ...tableFaults(plain)]
}

function indexFaults(sql: string): string[] {
  const index =
    /create\s+(?:unique\s+)?index\s+(?:concurrently\s+)?"?(\w+)"?\s+on\s+"?(\w+)"?\s*(?:using\s+\w+\s*)?\(\s*"?(\w+)/gi
  return [...sql.matchAll(index)]
    .filter(([, name = '', table = '', first = '']) => {
      const named = name in exceptions || name.replace(/_key$/, '') in exceptions
      return first !== 'org_id' && !named && !globalTables.includes(table)
    })
    .map(([, name = '', , first = '']) => `index ${name} begins with ${first}`)
}

function tableFaults(sql: string): string[] {
  const tables = [...sql.matchAll(/create\s+table\s+"?(\w+)"?\s*\(([\s\S]*?)\n\)/gi)]
  const keys = tables
    .filter(([, table = '']) => !globalTables.includes(table))
    .filter(([, , body = '']) => !/primary\s+key\s*\(\s*"?org_id\b|"?org_id"?[^,]*primary\s+key/i.test(body))
    .map(([, table = '']) => `key of ${table} does not begin with org_id`)
  const foreign = [...sql.matchAll(/foreign\s+key\s*\(\s*"?(\w+)/gi)]
    .filter(([, first]) => first !== 'org_id')
    .map(([, first = '']) => `foreign key begins with ${first}`)
  return [...keys, ...foreign]
}
