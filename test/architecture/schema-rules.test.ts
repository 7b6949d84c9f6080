// Holds schema and migrations to the rules that keep the data distributable by organization.
import { describe, expect, test } from 'vitest'
import { filesUnder, textOf } from './house-files.ts'
import { exceptions, faultsOfMigration, faultsOfSchema, globalModels } from './schema-rules.ts'

const schema = filesUnder('prisma')
  .filter(path => path.endsWith('.prisma'))
  .map(textOf)
  .join('\n')
const migrations = filesUnder('prisma/migrations').filter(path => path.endsWith('.sql'))

const model = (lines: string): string => `model Thing {\n${lines}\n}\n`
const orgId = 'orgId String @map("org_id") @db.Uuid'
const sound = `${orgId}\nid String @db.Uuid\n@@id([orgId, id])\n`

describe('the schema', () => {
  test('puts the organization first everywhere', () => {
    expect(faultsOfSchema(schema)).toEqual([])
  })

  test('is read in full', () => {
    expect(schema.match(/^model /gm)?.length ?? 0).toBeGreaterThan(10)
    expect(Object.keys(globalModels).filter(name => !schema.includes(`model ${name} {`))).toEqual([])
  })

  test.each([
    ['a table without an organization', 'id String @id @db.Uuid', 'has no orgId'],
    ['a key that begins elsewhere', `${orgId}\nid String @db.Uuid\n@@id([id, orgId])`, 'key begins with id'],
    ['a key of its own', `${orgId}\nid String @id @db.Uuid`, 'key begins with id'],
    ['a unique that begins elsewhere', `${sound}name String\n@@unique([name])`, 'unique  begins with name'],
    ['an index that begins elsewhere', `${sound}@@index([id], map: "t_id")`, 'index t_id begins with id'],
    ['a field unique for all', `${sound}slug String @unique`, 'slug is unique across organizations'],
    [
      'a foreign key across organizations',
      `${sound}aId String @db.Uuid\na A @relation(fields: [aId], references: [id])`,
      'foreign key begins with aId',
    ],
    ['a counting column', `${sound}number Int @default(autoincrement())`, 'lets the database count'],
    ['a text for an id', `${orgId}\nid String\n@@id([orgId, id])`, 'id is no UUID'],
  ])('is refused with %s', (_title, lines, fault) => {
    expect(faultsOfSchema(model(lines))).toContain(`Thing: ${fault}`)
  })

  test('may be sound', () => {
    expect(faultsOfSchema(model(`${sound}@@index([orgId, id], map: "t")`))).toEqual([])
  })
})

describe('a migration', () => {
  test.each(migrations)(
    '%s puts the organization first and asks for nothing that cannot be distributed',
    path => {
      expect(faultsOfMigration(textOf(path))).toEqual([])
    },
  )

  test.each([
    [
      'CREATE TABLE "t" (\n  "id" UUID NOT NULL,\n  PRIMARY KEY ("id")\n);',
      'key of t does not begin with org_id',
    ],
    ['CREATE UNIQUE INDEX "t_slug" ON "t"("slug");', 'index t_slug begins with slug'],
    ['CREATE INDEX "t_tags" ON "t" USING gin ("tags");', 'index t_tags begins with tags'],
    ['ALTER TABLE "t" ADD FOREIGN KEY ("a_id") REFERENCES "a"("id");', 'foreign key begins with a_id'],
    ['ALTER TABLE "t" ADD COLUMN "n" BIGSERIAL;', 'has a counter of the database'],
    ['CREATE OR REPLACE FUNCTION f() RETURNS int;', 'has a stored function'],
    ['CREATE TRIGGER t AFTER INSERT ON "t";', 'has a trigger'],
    ['ALTER TABLE "t" ADD UNIQUE ("org_id") DEFERRABLE;', 'has a deferrable or exclusion constraint'],
    ['LOCK TABLE "t";', 'has a table lock or temporary table'],
    ["CREATE TYPE s AS ENUM ('a');", 'has an enumeration type (use text with a check)'],
  ])('is refused with %s', (sql, fault) => {
    expect(faultsOfMigration(sql)).toContain(fault)
  })

  test('may be sound', () => {
    const table = 'CREATE TABLE "t" (\n  "org_id" UUID,\n  CONSTRAINT "p" PRIMARY KEY ("org_id","id")\n);'
    expect(faultsOfMigration(`${table}\nCREATE UNIQUE INDEX "u" ON "t"("org_id", lower("name"));`)).toEqual(
      [],
    )
  })
})

describe('an exception', () => {
  test.each(Object.keys(exceptions).filter(name => name !== 'organizations_key'))(
    '%s still has its index',
    name => {
      expect([schema, ...migrations.map(textOf)].some(text => text.includes(name))).toBe(true)
    },
  )
})
