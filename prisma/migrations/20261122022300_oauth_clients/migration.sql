-- CreateTable
CREATE TABLE "oauth_clients" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "authentication" TEXT NOT NULL,
    "public_keys" JSONB NOT NULL DEFAULT '[]',
    "jwks_uri" TEXT,
    "access_token_minutes" INTEGER NOT NULL,
    "created_by_id" UUID,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "last_used_ip" TEXT,
    "last_used_client" TEXT,

    CONSTRAINT "oauth_clients_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "oauth_client_secrets" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "suffix" TEXT NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "expiry_told_at" TIMESTAMPTZ(3),

    CONSTRAINT "oauth_client_secrets_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "oauth_access_tokens" (
    "org_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "client_id" UUID NOT NULL,
    "secret_id" UUID,
    "key_thumbprint" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_access_tokens_pkey" PRIMARY KEY ("org_id","hash")
);

-- CreateTable
CREATE TABLE "oauth_assertions" (
    "org_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth_assertions_pkey" PRIMARY KEY ("org_id","client_id","hash")
);

-- CreateIndex
CREATE INDEX "oauth_client_secrets_client" ON "oauth_client_secrets"("org_id", "client_id");

-- CreateIndex
CREATE INDEX "oauth_access_tokens_client" ON "oauth_access_tokens"("org_id", "client_id");

-- AddForeignKey
ALTER TABLE "oauth_clients" ADD CONSTRAINT "oauth_clients_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_client_secrets" ADD CONSTRAINT "oauth_client_secrets_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_client_secrets" ADD CONSTRAINT "oauth_client_secrets_org_id_client_id_fkey" FOREIGN KEY ("org_id", "client_id") REFERENCES "oauth_clients"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_access_tokens" ADD CONSTRAINT "oauth_access_tokens_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_access_tokens" ADD CONSTRAINT "oauth_access_tokens_org_id_client_id_fkey" FOREIGN KEY ("org_id", "client_id") REFERENCES "oauth_clients"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_assertions" ADD CONSTRAINT "oauth_assertions_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "oauth_assertions" ADD CONSTRAINT "oauth_assertions_org_id_client_id_fkey" FOREIGN KEY ("org_id", "client_id") REFERENCES "oauth_clients"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "oauth_clients" ADD CONSTRAINT "oauth_clients_authentication_known" CHECK ("authentication" IN ('client_secret', 'private_key_jwt'));
ALTER TABLE "oauth_clients" ADD CONSTRAINT "oauth_clients_keys_fit" CHECK (CASE "authentication"
    WHEN 'client_secret' THEN "public_keys" = '[]' AND "jwks_uri" IS NULL
    ELSE ("public_keys" <> '[]') <> ("jwks_uri" IS NOT NULL) END);
ALTER TABLE "oauth_clients" ADD CONSTRAINT "oauth_clients_minutes_sane" CHECK ("access_token_minutes" BETWEEN 60 AND 360);
