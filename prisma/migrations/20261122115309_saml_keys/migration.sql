-- AlterTable
ALTER TABLE "sso_connections" ADD COLUMN     "allow_cbc" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sign_requests" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "saml_keys" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "certificate" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saml_keys_pkey" PRIMARY KEY ("org_id","id")
);

-- AddForeignKey
ALTER TABLE "saml_keys" ADD CONSTRAINT "saml_keys_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
