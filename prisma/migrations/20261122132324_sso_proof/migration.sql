-- AlterTable
ALTER TABLE "saml_arrivals" ADD COLUMN     "session_hash" BYTEA;

-- AlterTable
ALTER TABLE "saml_requests" ADD COLUMN     "session_hash" BYTEA;

-- A proof is always about one session, and nothing else is.
ALTER TABLE "saml_requests" DROP CONSTRAINT "saml_requests_purpose_known";
ALTER TABLE "saml_requests" ADD CONSTRAINT "saml_requests_purpose_known"
  CHECK ("purpose" IN ('sign_in', 'test', 'prove') AND ("purpose" = 'prove') = ("session_hash" IS NOT NULL));
ALTER TABLE "saml_arrivals" DROP CONSTRAINT "saml_arrivals_purpose_known";
ALTER TABLE "saml_arrivals" ADD CONSTRAINT "saml_arrivals_purpose_known"
  CHECK ("purpose" IN ('sign_in', 'test', 'prove') AND ("purpose" = 'prove') = ("session_hash" IS NOT NULL));
