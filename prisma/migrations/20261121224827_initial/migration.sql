-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "org_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organizations" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "plan" TEXT NOT NULL DEFAULT 'enterprise',
    "entitlements" JSONB NOT NULL DEFAULT '{}',
    "seat_limit" INTEGER,
    "require_sso" BOOLEAN NOT NULL DEFAULT true,
    "owner_email" TEXT,
    "scim_enforced" BOOLEAN NOT NULL DEFAULT false,
    "scim_enforced_at" TIMESTAMPTZ(3),
    "provisioning" JSONB NOT NULL DEFAULT '{}',
    "deletion_grace_days" INTEGER NOT NULL DEFAULT 7,
    "log_retention_days" INTEGER NOT NULL DEFAULT 90,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organizations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization_streams" (
    "org_id" UUID NOT NULL,
    "epoch" UUID NOT NULL,
    "sequence" BIGINT NOT NULL DEFAULT 0,
    "pending" INTEGER NOT NULL DEFAULT 0,
    "active" INTEGER NOT NULL DEFAULT 0,
    "deactivated" INTEGER NOT NULL DEFAULT 0,
    "deleted" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "organization_streams_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "exchange_streams" (
    "org_id" UUID NOT NULL,
    "epoch" UUID NOT NULL,
    "sequence" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "exchange_streams_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "users" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'user',
    "user_name" TEXT NOT NULL,
    "user_name_key" TEXT NOT NULL,
    "external_id" TEXT,
    "display_name" TEXT NOT NULL,
    "email" TEXT,
    "email_keys" TEXT[],
    "given_name" TEXT,
    "family_name" TEXT,
    "title" TEXT,
    "department" TEXT,
    "identity_provider_groups" TEXT[],
    "search_key" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "linked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_modified" TIMESTAMPTZ(3) NOT NULL,
    "provisioned_at" TIMESTAMPTZ(3),
    "activated_at" TIMESTAMPTZ(3),
    "last_sign_in_at" TIMESTAMPTZ(3),
    "deactivated_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "purge_at" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "groups" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "external_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_modified" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "groups_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "org_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("org_id","group_id","user_id")
);

-- CreateTable
CREATE TABLE "membership_sources" (
    "org_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "granted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "membership_sources_pkey" PRIMARY KEY ("org_id","group_id","user_id","kind")
);

-- CreateTable
CREATE TABLE "scim_tokens" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "suffix" TEXT NOT NULL,
    "created_by_id" UUID,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "replaced_by_id" UUID,
    "ends_on_first_use" BOOLEAN NOT NULL DEFAULT false,
    "expiry_told_at" TIMESTAMPTZ(3),
    "first_used_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,
    "last_used_client" TEXT,

    CONSTRAINT "scim_tokens_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "suffix" TEXT NOT NULL,
    "scopes" TEXT[],
    "created_by_id" UUID,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "org_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "auth_at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT,
    "client" TEXT,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("org_id","hash")
);

-- CreateTable
CREATE TABLE "credentials" (
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "login_key" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("org_id","user_id")
);

-- CreateTable
CREATE TABLE "sign_in_failures" (
    "subject" VARCHAR(300) NOT NULL,
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_failures_pkey" PRIMARY KEY ("subject","id")
);

-- CreateTable
CREATE TABLE "setup_links" (
    "org_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "setup_links_pkey" PRIMARY KEY ("org_id","hash")
);

-- CreateTable
CREATE TABLE "provisioning_events" (
    "org_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "user_id" UUID,
    "group_id" UUID,
    "exchange_id" UUID,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "provisioning_events_pkey" PRIMARY KEY ("org_id","sequence")
);

-- CreateTable
CREATE TABLE "exchanges" (
    "org_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "token_id" UUID,
    "token_name" TEXT,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "query" TEXT,
    "status" INTEGER NOT NULL,
    "scim_type" TEXT,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "identity_provider" TEXT,
    "client" TEXT,
    "ip" TEXT,
    "user_id" UUID,
    "summary" TEXT NOT NULL,
    "request_headers" TEXT,
    "request_body" TEXT,
    "response_body" TEXT,
    "changes" JSONB,
    "quirks" JSONB,
    "changed_nothing" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "exchanges_pkey" PRIMARY KEY ("org_id","sequence")
);

-- CreateTable
CREATE TABLE "exchange_hours" (
    "org_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "exchange_hours_pkey" PRIMARY KEY ("org_id","hour")
);

-- CreateTable
CREATE TABLE "activities" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT,
    "subject_id" TEXT,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,
    "ip" TEXT,

    CONSTRAINT "activities_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organizations_key_key" ON "organizations"("key");

-- CreateIndex
CREATE INDEX "users_status_name" ON "users"("org_id", "status", "display_name", "id");

-- CreateIndex
CREATE INDEX "users_external_id" ON "users"("org_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "groups_name_key" ON "groups"("org_id", "name_key");

-- CreateIndex
CREATE INDEX "memberships_user" ON "memberships"("org_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "scim_tokens_hash" ON "scim_tokens"("org_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys"("org_id", "hash");

-- CreateIndex
CREATE INDEX "sessions_user" ON "sessions"("org_id", "user_id");

-- CreateIndex
CREATE INDEX "credentials_login_key" ON "credentials"("login_key");

-- CreateIndex
CREATE INDEX "sign_in_failures_time" ON "sign_in_failures"("occurred_at");

-- CreateIndex
CREATE INDEX "provisioning_events_user" ON "provisioning_events"("org_id", "user_id", "sequence");

-- CreateIndex
CREATE INDEX "exchanges_user" ON "exchanges"("org_id", "user_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "exchanges_id" ON "exchanges"("org_id", "id");

-- AddForeignKey
ALTER TABLE "organization_streams" ADD CONSTRAINT "organization_streams_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exchange_streams" ADD CONSTRAINT "exchange_streams_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "groups" ADD CONSTRAINT "groups_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_org_id_group_id_fkey" FOREIGN KEY ("org_id", "group_id") REFERENCES "groups"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership_sources" ADD CONSTRAINT "membership_sources_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership_sources" ADD CONSTRAINT "membership_sources_org_id_group_id_user_id_fkey" FOREIGN KEY ("org_id", "group_id", "user_id") REFERENCES "memberships"("org_id", "group_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scim_tokens" ADD CONSTRAINT "scim_tokens_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "setup_links" ADD CONSTRAINT "setup_links_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provisioning_events" ADD CONSTRAINT "provisioning_events_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exchange_hours" ADD CONSTRAINT "exchange_hours_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activities" ADD CONSTRAINT "activities_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say: enumerations as text with a check, partial and special indexes.
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_plan_known" CHECK ("plan" IN ('standard', 'teams', 'enterprise'));
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_grace_sane" CHECK ("deletion_grace_days" BETWEEN 0 AND 90);
ALTER TABLE "users" ADD CONSTRAINT "users_status_known" CHECK ("status" IN ('pending', 'active', 'deactivated', 'deleted'));
ALTER TABLE "users" ADD CONSTRAINT "users_role_known" CHECK ("role" IN ('owner', 'admin', 'group_admin', 'user'));
ALTER TABLE "users" ADD CONSTRAINT "users_deleted_says_when" CHECK (("status" = 'deleted') = ("deleted_at" IS NOT NULL));
ALTER TABLE "membership_sources" ADD CONSTRAINT "membership_sources_kind_known" CHECK ("kind" IN ('mapping', 'default', 'scim', 'manual'));
ALTER TABLE "organization_streams" ADD CONSTRAINT "organization_streams_counts" CHECK ("pending" >= 0 AND "active" >= 0 AND "deactivated" >= 0 AND "deleted" >= 0);

-- One living person a name; a deleted person's name is free at once.
CREATE UNIQUE INDEX "users_user_name_living" ON "users" ("org_id", "user_name_key") WHERE "deleted_at" IS NULL;
-- Pages in order of creation (ids are UUIDv7) without the deleted.
CREATE INDEX "users_living" ON "users" ("org_id", "id") WHERE "deleted_at" IS NULL;
-- Exactly one owner.
CREATE UNIQUE INDEX "users_one_owner" ON "users" ("org_id") WHERE "role" = 'owner' AND "deleted_at" IS NULL;
-- Any of a person's addresses; without the organization in front because GIN has no such order, the query names it.
CREATE INDEX "users_email_keys" ON "users" USING gin ("email_keys");
-- The console's search reads this index instead of the wide rows.
CREATE INDEX "users_search" ON "users" ("org_id", "search_key");
-- Purging looks only at the deleted.
CREATE INDEX "users_purge_due" ON "users" ("org_id", "purge_at") WHERE "purge_at" IS NOT NULL;
-- What needs attention is a small part of the log.
CREATE INDEX "exchanges_refused" ON "exchanges" ("org_id", "sequence") WHERE "status" >= 400;
-- Identity providers rewrite people often: leave room on the page, so that most updates touch no index.
ALTER TABLE "users" SET (fillfactor = 80);
ALTER TABLE "organization_streams" SET (fillfactor = 20);
ALTER TABLE "exchange_streams" SET (fillfactor = 20);
