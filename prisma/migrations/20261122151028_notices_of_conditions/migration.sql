-- AlterTable
ALTER TABLE "notices" ADD COLUMN     "began_at" TIMESTAMPTZ(3),
ALTER COLUMN "expires_at" DROP NOT NULL;

-- What the schema cannot say.
ALTER TABLE "notices" DROP CONSTRAINT "notices_subject_known";
ALTER TABLE "notices" ADD CONSTRAINT "notices_subject_known" CHECK ("subject_kind" IN ('scim-token', 'oauth-secret', 'certificate', 'api-key', 'seats-low', 'seats-full', 'silence'));
ALTER TABLE "notices" ADD CONSTRAINT "notices_ends_or_lasts" CHECK (("expires_at" IS NULL) = ("subject_kind" IN ('seats-low', 'seats-full', 'silence')) AND ("expires_at" IS NULL) <> ("began_at" IS NULL));
