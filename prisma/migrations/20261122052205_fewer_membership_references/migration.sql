-- DropForeignKey
ALTER TABLE "membership_sources" DROP CONSTRAINT "membership_sources_org_id_group_id_user_id_fkey";

-- DropForeignKey
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_org_id_group_id_fkey";
