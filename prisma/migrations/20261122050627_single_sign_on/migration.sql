-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "via" TEXT NOT NULL DEFAULT 'password';

-- CreateTable
CREATE TABLE "sso_connections" (
    "org_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "sign_in_url" TEXT NOT NULL,
    "certificates" TEXT[],
    "signed" TEXT NOT NULL DEFAULT 'assertion',
    "name_id_format" TEXT NOT NULL DEFAULT 'email',
    "match_attribute" TEXT,
    "allow_idp_initiated" BOOLEAN NOT NULL DEFAULT false,
    "session_hours" INTEGER NOT NULL DEFAULT 12,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_name" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by_name" TEXT NOT NULL,
    "enforced_at" TIMESTAMPTZ(3),
    "tested_at" TIMESTAMPTZ(3),
    "test_passed" BOOLEAN,
    "test_code" TEXT,
    "test_message" TEXT,
    "tested_by_name" TEXT,

    CONSTRAINT "sso_connections_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "saml_requests" (
    "org_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "purpose" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "browser_hash" BYTEA,
    "return_path" TEXT NOT NULL,
    "started_by_name" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saml_requests_pkey" PRIMARY KEY ("org_id","hash")
);

-- CreateTable
CREATE TABLE "saml_arrivals" (
    "org_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "return_path" TEXT NOT NULL,
    "started_by_name" TEXT,
    "session_end" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saml_arrivals_pkey" PRIMARY KEY ("org_id","hash")
);

-- CreateTable
CREATE TABLE "saml_assertions" (
    "org_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saml_assertions_pkey" PRIMARY KEY ("org_id","hash")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("org_id","user_id","hash")
);

-- AddForeignKey
ALTER TABLE "sso_connections" ADD CONSTRAINT "sso_connections_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saml_requests" ADD CONSTRAINT "saml_requests_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saml_arrivals" ADD CONSTRAINT "saml_arrivals_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saml_arrivals" ADD CONSTRAINT "saml_arrivals_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saml_assertions" ADD CONSTRAINT "saml_assertions_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "sessions" ADD CONSTRAINT "sessions_via_known" CHECK ("via" IN ('password', 'sso', 'recovery_code'));
ALTER TABLE "sso_connections" ADD CONSTRAINT "sso_connections_status_known" CHECK ("status" IN ('draft', 'tested', 'enforced', 'disabled'));
ALTER TABLE "sso_connections" ADD CONSTRAINT "sso_connections_signed_known" CHECK ("signed" IN ('assertion', 'response', 'both'));
ALTER TABLE "sso_connections" ADD CONSTRAINT "sso_connections_format_known" CHECK ("name_id_format" IN ('email', 'persistent', 'unspecified'));
ALTER TABLE "sso_connections" ADD CONSTRAINT "sso_connections_certificates_few" CHECK (cardinality("certificates") BETWEEN 1 AND 2);
ALTER TABLE "sso_connections" ADD CONSTRAINT "sso_connections_hours_sane" CHECK ("session_hours" BETWEEN 1 AND 168);
ALTER TABLE "saml_requests" ADD CONSTRAINT "saml_requests_purpose_known" CHECK ("purpose" IN ('sign_in', 'test'));
ALTER TABLE "saml_arrivals" ADD CONSTRAINT "saml_arrivals_purpose_known" CHECK ("purpose" IN ('sign_in', 'test'));
