// The schema and the migrations agree, and the check that says so tells hand-written SQL apart.
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { migrationsFolder, readMigrations } from '#server/db/migrations-folder.ts'
import { readSchema, schemaDiff } from '../../scripts/schema-diff.ts'

const people = {
  path: 'schema.prisma',
  content: `
    datasource db {
      provider = "postgresql"
    }
    model Person {
      id   Int @id
      name String
      @@map("people")
    }`,
}

const create = {
  name: '20260101000000_people',
  sql: `CREATE TABLE "people" ("id" INTEGER NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "people_pkey" PRIMARY KEY ("id"));`,
}

const handWritten = {
  name: '20260102000000_by_hand',
  sql: `
    CREATE UNIQUE INDEX people_named ON people (name) WHERE name <> ';';
    CREATE INDEX people_lower ON people (lower(name));
    ALTER TABLE people ADD CONSTRAINT named CHECK (name <> '');
    CREATE FUNCTION answer() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 42; END $$;`,
}

it('finds that the schema and the migrations of Rollcall agree', async () => {
  const folder = migrationsFolder()
  expect(await schemaDiff(readMigrations(folder), readSchema(dirname(folder)))).toBe('')
})

it('writes what an empty database lacks', async () => {
  expect(await schemaDiff([], [people])).toMatch(/CREATE TABLE "people"/)
})

it('leaves hand-written indexes, checks and functions alone', async () => {
  expect(await schemaDiff([create, handWritten], [people])).toBe('')
})

it.each([
  [
    'a column that only the schema has',
    { ...people, content: people.content.replace('name String', 'name String\n age Int?') },
    create,
    /ADD COLUMN +"age"/,
  ],
  [
    'a table that only the migrations have',
    people,
    { ...create, sql: `${create.sql} CREATE TABLE lost (id int);` },
    /DROP TABLE "lost"/,
  ],
])('finds %s', async (_case, schema, migration, change) => {
  expect(await schemaDiff([migration], [schema])).toMatch(change)
})
