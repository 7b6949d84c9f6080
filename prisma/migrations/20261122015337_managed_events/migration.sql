-- CreateTable
CREATE TABLE "group_admins" (
    "org_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "group_admins_pkey" PRIMARY KEY ("org_id","group_id","user_id")
);

-- CreateTable
CREATE TABLE "managed_events" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "duration_minutes" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "colour" TEXT NOT NULL,
    "template" JSONB NOT NULL,
    "editable" TEXT[],
    "unlocked_since" JSONB NOT NULL DEFAULT '{}',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by_kind" TEXT NOT NULL,
    "changed_by_id" UUID,

    CONSTRAINT "managed_events_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "managed_event_revisions" (
    "org_id" UUID NOT NULL,
    "managed_event_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "template" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "managed_event_revisions_pkey" PRIMARY KEY ("org_id","managed_event_id","revision")
);

-- CreateTable
CREATE TABLE "managed_event_groups" (
    "org_id" UUID NOT NULL,
    "managed_event_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "managed_event_groups_pkey" PRIMARY KEY ("org_id","managed_event_id","group_id")
);

-- CreateTable
CREATE TABLE "managed_event_people" (
    "org_id" UUID NOT NULL,
    "managed_event_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "managed_event_people_pkey" PRIMARY KEY ("org_id","managed_event_id","user_id")
);

-- CreateTable
CREATE TABLE "managed_event_copies" (
    "org_id" UUID NOT NULL,
    "managed_event_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "base_revision" INTEGER NOT NULL,
    "own" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "managed_event_copies_pkey" PRIMARY KEY ("org_id","managed_event_id","user_id")
);

-- CreateTable
CREATE TABLE "event_types" (
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "duration_minutes" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "event_types_pkey" PRIMARY KEY ("org_id","user_id","id")
);

-- CreateIndex
CREATE INDEX "group_admins_user" ON "group_admins"("org_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "managed_events_slug" ON "managed_events"("org_id", "slug");

-- CreateIndex
CREATE INDEX "managed_event_groups_group" ON "managed_event_groups"("org_id", "group_id");

-- CreateIndex
CREATE INDEX "managed_event_people_user" ON "managed_event_people"("org_id", "user_id");

-- CreateIndex
CREATE INDEX "managed_event_copies_user" ON "managed_event_copies"("org_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "event_types_slug" ON "event_types"("org_id", "user_id", "slug");

-- AddForeignKey
ALTER TABLE "group_admins" ADD CONSTRAINT "group_admins_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_admins" ADD CONSTRAINT "group_admins_org_id_group_id_fkey" FOREIGN KEY ("org_id", "group_id") REFERENCES "groups"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_admins" ADD CONSTRAINT "group_admins_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_events" ADD CONSTRAINT "managed_events_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_event_revisions" ADD CONSTRAINT "managed_event_revisions_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_event_revisions" ADD CONSTRAINT "managed_event_revisions_org_id_managed_event_id_fkey" FOREIGN KEY ("org_id", "managed_event_id") REFERENCES "managed_events"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_event_groups" ADD CONSTRAINT "managed_event_groups_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_event_groups" ADD CONSTRAINT "managed_event_groups_org_id_managed_event_id_fkey" FOREIGN KEY ("org_id", "managed_event_id") REFERENCES "managed_events"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_event_groups" ADD CONSTRAINT "managed_event_groups_org_id_group_id_fkey" FOREIGN KEY ("org_id", "group_id") REFERENCES "groups"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_event_people" ADD CONSTRAINT "managed_event_people_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_event_people" ADD CONSTRAINT "managed_event_people_org_id_managed_event_id_fkey" FOREIGN KEY ("org_id", "managed_event_id") REFERENCES "managed_events"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_event_people" ADD CONSTRAINT "managed_event_people_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_event_copies" ADD CONSTRAINT "managed_event_copies_org_id_managed_event_id_fkey" FOREIGN KEY ("org_id", "managed_event_id") REFERENCES "managed_events"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "managed_event_copies" ADD CONSTRAINT "managed_event_copies_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_types" ADD CONSTRAINT "event_types_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_types" ADD CONSTRAINT "event_types_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say.
ALTER TABLE "managed_events" ADD CONSTRAINT "managed_events_kind_known" CHECK ("kind" IN ('one-on-one', 'group'));
ALTER TABLE "managed_events" ADD CONSTRAINT "managed_events_duration_sane" CHECK ("duration_minutes" BETWEEN 1 AND 1440);
ALTER TABLE "event_types" ADD CONSTRAINT "event_types_duration_sane" CHECK ("duration_minutes" BETWEEN 1 AND 1440);
-- One thing at an address of a person; what was taken away holds none.
CREATE UNIQUE INDEX "managed_event_copies_slug" ON "managed_event_copies" ("org_id", "user_id", "slug") WHERE "removed_at" IS NULL;
-- Forgetting looks only at what was taken away.
CREATE INDEX "managed_event_copies_removed" ON "managed_event_copies" ("org_id", "removed_at") WHERE "removed_at" IS NOT NULL;
