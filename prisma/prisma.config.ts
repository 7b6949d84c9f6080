// Where Prisma's own tools find the schema and the migrations; our runner (server/db/migrate.ts) reads neither.
import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
})
