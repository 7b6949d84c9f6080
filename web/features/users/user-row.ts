// The shapes of people on this page.
import type { ResultOf } from '#web/graphql/graphql.ts'
import type { UserDetailFields, UserRowFields } from './documents.ts'

export type UserRow = ResultOf<typeof UserRowFields>
export type UserDetail = ResultOf<typeof UserDetailFields>
export type UserRole = UserRow['role']
export type UserStatus = UserRow['status']

export const roles = ['OWNER', 'ADMIN', 'GROUP_ADMIN', 'USER'] as const satisfies readonly UserRole[]
