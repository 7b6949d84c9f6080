// The Group resource type: the core schema without extensions (RFC 7643 section 6).
import type { ResourceType } from '../attribute.ts'
import { groupSchema } from './group.ts'

export const groupType: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'A named set of people',
  schema: groupSchema,
  extensions: [],
}
