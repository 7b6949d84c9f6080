// The schema, put together from its types; printed to schema.graphql by `npm run schema`.
import { builder } from './builder.ts'
import './types/scalars.ts'
import './types/errors.ts'
import './types/organization-queries.ts'
import './types/viewer.ts'
import './types/session-mutations.ts'
import './types/scim-token-mutations.ts'
import './types/oauth-client-mutations.ts'
import './types/provisioning-mutations.ts'
import './types/connection-test.ts'
import './types/deviation.ts'
import './types/user-mutations.ts'
import './types/api-key-mutations.ts'
import './types/organization-mutations.ts'
import './types/user-list.ts'
import './types/group-list.ts'
import './types/group-mutations.ts'
import './types/managed-event-list.ts'
import './types/managed-event-mutations.ts'
import './types/managed-event-assignments.ts'
import './types/managed-event-copy-mutation.ts'
import './types/managed-event-previews.ts'
import './types/event-type-mutations.ts'
import './types/log-lists.ts'
import './types/health.ts'
import './types/job.ts'
import './types/group-mapping.ts'
import './types/mapping-preview.ts'
import './types/mapping-mutations.ts'
import './types/mapping-csv.ts'
import './types/change-set.ts'
import './types/subscriptions.ts'

builder.queryType({ description: 'Reads.', authScopes: { anyone: true } })
builder.mutationType({ description: 'Changes; each takes one input.', authScopes: { anyone: true } })

/** Built once a process; what is particular to an installation comes with each call. */
export const schema = builder.toSchema({ sortSchema: true })
