// The User resource type: the core schema with the extensions we serve (RFC 7643 section 6).
import type { ResourceType } from '../attribute.ts'
import { calendlyUserSchema } from './calendly-user.ts'
import { enterpriseUserSchema } from './enterprise-user.ts'
import { userSchema } from './user.ts'

export const userType: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: 'A person',
  schema: userSchema,
  extensions: [
    { schema: enterpriseUserSchema, required: false },
    { schema: calendlyUserSchema, required: false },
  ],
}
