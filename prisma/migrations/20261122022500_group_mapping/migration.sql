-- AlterTable
ALTER TABLE "organization_streams" ADD COLUMN     "mapping_version" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "group_mappings" (
    "org_id" UUID NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "source_attribute" TEXT NOT NULL,
    "default_group_id" UUID,
    "apply_to_existing" BOOLEAN NOT NULL DEFAULT false,
    "saved_at" TIMESTAMPTZ(3),
    "saved_by_name" TEXT,

    CONSTRAINT "group_mappings_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "group_mapping_rows" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "value" VARCHAR(255) NOT NULL,
    "group_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "group_mapping_rows_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "group_values" (
    "org_id" UUID NOT NULL,
    "value" VARCHAR(255) NOT NULL,
    "people" INTEGER NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_values_pkey" PRIMARY KEY ("org_id","value")
);

-- CreateTable
CREATE TABLE "change_sets" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "mapping_version" INTEGER NOT NULL,
    "job_id" UUID,
    "undo_of_id" UUID,
    "undone_by_id" UUID,

    CONSTRAINT "change_sets_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "change_set_entries" (
    "org_id" UUID NOT NULL,
    "change_set_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "change_set_entries_pkey" PRIMARY KEY ("org_id","change_set_id","user_id","group_id","kind")
);

-- CreateTable
CREATE TABLE "jobs" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "place" JSONB NOT NULL DEFAULT '{}',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "result" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "lease_id" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE INDEX "group_mapping_rows_group" ON "group_mapping_rows"("org_id", "group_id");

-- CreateIndex
CREATE UNIQUE INDEX "group_mapping_rows_value" ON "group_mapping_rows"("org_id", "value");

-- CreateIndex
CREATE INDEX "change_set_entries_user" ON "change_set_entries"("org_id", "user_id");

-- AddForeignKey
ALTER TABLE "group_mappings" ADD CONSTRAINT "group_mappings_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_mapping_rows" ADD CONSTRAINT "group_mapping_rows_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_mapping_rows" ADD CONSTRAINT "group_mapping_rows_org_id_group_id_fkey" FOREIGN KEY ("org_id", "group_id") REFERENCES "groups"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_values" ADD CONSTRAINT "group_values_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_sets" ADD CONSTRAINT "change_sets_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_set_entries" ADD CONSTRAINT "change_set_entries_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_set_entries" ADD CONSTRAINT "change_set_entries_org_id_change_set_id_fkey" FOREIGN KEY ("org_id", "change_set_id") REFERENCES "change_sets"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_set_entries" ADD CONSTRAINT "change_set_entries_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say.
ALTER TABLE "group_mapping_rows" ADD CONSTRAINT "group_mapping_rows_value_given" CHECK ("value" <> '');
ALTER TABLE "group_values" ADD CONSTRAINT "group_values_counted" CHECK ("people" >= 0);
ALTER TABLE "change_sets" ADD CONSTRAINT "change_sets_kind_known" CHECK ("kind" IN ('save', 'undo'));
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_state_known" CHECK ("state" IN ('waiting', 'running', 'done', 'failed', 'cancelled'));

-- Runners look for open jobs once a second; the finished ones are not in here.
CREATE INDEX "jobs_open" ON "jobs" ("org_id", "id") WHERE "state" IN ('waiting', 'running');
-- What made a membership: the first event of its group since the moment it was granted.
CREATE INDEX "provisioning_events_group" ON "provisioning_events" ("org_id", "group_id", "occurred_at") WHERE "group_id" IS NOT NULL;
-- Rewritten by every person who moves: leave room on the page.
ALTER TABLE "group_values" SET (fillfactor = 50);
ALTER TABLE "jobs" SET (fillfactor = 50);

-- What people carry already.
INSERT INTO "group_values" ("org_id", "value", "people", "last_seen")
SELECT "org_id", "value", count(*)::int, max("seen")
  FROM (SELECT DISTINCT u."org_id", u."id", regexp_replace(v, '^\s+|\s+$', '', 'g') AS "value", u."last_modified" AS "seen"
          FROM "users" u, unnest(u."identity_provider_groups") AS v WHERE u."deleted_at" IS NULL) AS carried
 WHERE "value" <> '' AND char_length("value") <= 255
 GROUP BY "org_id", "value";
