-- CreateTable
CREATE TABLE "notices" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_name" TEXT NOT NULL,
    "threshold" INTEGER NOT NULL,
    "audience_id" UUID,
    "noticed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "notice_dismissals" (
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "dismissed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_dismissals_pkey" PRIMARY KEY ("org_id","user_id","notice_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "notices_subject" ON "notices"("org_id", "subject_kind", "subject_id", "threshold");

-- CreateIndex
CREATE INDEX "notice_dismissals_notice" ON "notice_dismissals"("org_id", "notice_id");

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_dismissals" ADD CONSTRAINT "notice_dismissals_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_dismissals" ADD CONSTRAINT "notice_dismissals_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_dismissals" ADD CONSTRAINT "notice_dismissals_org_id_notice_id_fkey" FOREIGN KEY ("org_id", "notice_id") REFERENCES "notices"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema cannot say.
ALTER TABLE "notices" ADD CONSTRAINT "notices_subject_known" CHECK ("subject_kind" IN ('scim-token', 'oauth-secret', 'certificate', 'api-key'));
ALTER TABLE "notices" ADD CONSTRAINT "notices_threshold_known" CHECK ("threshold" IN (30, 14, 7, 3, 1, 0));

-- What is still to be done, whatever the history.
CREATE INDEX "notices_open" ON "notices" ("org_id") WHERE "resolved_at" IS NULL;
