-- CreateTable
CREATE TABLE "deviation_uses" (
    "org_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "deviation" TEXT NOT NULL,
    "connection_name" TEXT NOT NULL,
    "uses" BIGINT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_exchange_id" UUID NOT NULL,

    CONSTRAINT "deviation_uses_pkey" PRIMARY KEY ("org_id","connection_id","deviation")
);

-- AddForeignKey
ALTER TABLE "deviation_uses" ADD CONSTRAINT "deviation_uses_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;
