-- CreateTable
CREATE TABLE "cursor_secrets" (
    "org_id" UUID NOT NULL,
    "secret" BYTEA NOT NULL,

    CONSTRAINT "cursor_secrets_pkey" PRIMARY KEY ("org_id")
);

-- AddForeignKey
ALTER TABLE "cursor_secrets" ADD CONSTRAINT "cursor_secrets_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Organizations that were there before; new ones bring their own.
INSERT INTO "cursor_secrets" ("org_id", "secret")
SELECT "id", decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex') FROM "organizations";

-- Sorted by code point, as SCIM clients see them, so that the indexes that find a name also walk the sorted list.
ALTER TABLE "users" ALTER COLUMN "user_name_key" TYPE TEXT COLLATE "C";
ALTER TABLE "users" ALTER COLUMN "external_id" TYPE TEXT COLLATE "C";
ALTER TABLE "groups" ALTER COLUMN "name_key" TYPE TEXT COLLATE "C";
ALTER TABLE "groups" ALTER COLUMN "external_id" TYPE TEXT COLLATE "C";
