-- CreateTable
CREATE TABLE "mails" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "user_id" UUID,
    "recipient_name" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "letter" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_id" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "given_up_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "mails_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "mails_dedupe_key" ON "mails"("org_id", "dedupe_key");

-- AddForeignKey
ALTER TABLE "mails" ADD CONSTRAINT "mails_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema cannot say.
ALTER TABLE "mails" ADD CONSTRAINT "mails_over_say_nothing" CHECK (("letter" IS NULL) = ("sent_at" IS NOT NULL OR "given_up_at" IS NOT NULL));

-- What is left to send, whatever the number of mails that went out.
CREATE INDEX "mails_open" ON "mails" ("org_id", "due_at") WHERE "sent_at" IS NULL AND "given_up_at" IS NULL;
