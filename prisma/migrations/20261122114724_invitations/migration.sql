-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "mail_invitations" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "invitations" (
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "reminder_hash" BYTEA,
    "invited_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "reminded_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "invited_by_kind" TEXT NOT NULL,
    "invited_by_id" UUID,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("org_id","user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitations_hash" ON "invitations"("org_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_reminder_hash" ON "invitations"("org_id", "reminder_hash");

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
