-- The few whom no identity provider knows are counted each time someone looks at the health of provisioning.
CREATE INDEX "users_unlinked" ON "users"("org_id") WHERE "linked_at" IS NULL AND "deleted_at" IS NULL;
