-- AlterTable
ALTER TABLE "groups" ADD COLUMN     "linked_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "waiting_members" (
    "org_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "value" TEXT NOT NULL,
    "value_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "waiting_members_pkey" PRIMARY KEY ("org_id","group_id","value")
);

-- CreateIndex
CREATE INDEX "waiting_members_key" ON "waiting_members"("org_id", "value_key");

-- CreateIndex
CREATE INDEX "groups_external_id" ON "groups"("org_id", "external_id");

-- AddForeignKey
ALTER TABLE "waiting_members" ADD CONSTRAINT "waiting_members_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiting_members" ADD CONSTRAINT "waiting_members_org_id_group_id_fkey" FOREIGN KEY ("org_id", "group_id") REFERENCES "groups"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Every change of a member rewrites the group's version: leave room on the page.
ALTER TABLE "groups" SET (fillfactor = 50);
