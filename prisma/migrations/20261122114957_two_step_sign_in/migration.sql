-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "require_two_step" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "two_steps" (
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "two_steps_pkey" PRIMARY KEY ("org_id","user_id")
);

-- CreateTable
CREATE TABLE "two_step_codes" (
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "two_step_codes_pkey" PRIMARY KEY ("org_id","user_id","hash")
);

-- CreateTable
CREATE TABLE "sign_in_steps" (
    "org_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_steps_pkey" PRIMARY KEY ("org_id","hash")
);

-- AddForeignKey
ALTER TABLE "two_steps" ADD CONSTRAINT "two_steps_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "two_steps" ADD CONSTRAINT "two_steps_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "two_step_codes" ADD CONSTRAINT "two_step_codes_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "two_step_codes" ADD CONSTRAINT "two_step_codes_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_steps" ADD CONSTRAINT "sign_in_steps_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_steps" ADD CONSTRAINT "sign_in_steps_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "users"("org_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "sign_in_steps" ADD CONSTRAINT "sign_in_steps_purpose_known" CHECK ("purpose" IN ('code', 'set_up'));
