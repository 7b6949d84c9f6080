// The schema's builder: reads the data model only; the Prisma client comes with each call, walled in.
import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import ErrorsPlugin from '@pothos/plugin-errors'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import ScopeAuthPlugin from '@pothos/plugin-scope-auth'
import ValidationPlugin from '@pothos/plugin-validation'
import type { PrismaClient } from '#prisma/client.ts'
import type PrismaTypes from '#prisma/pothos-types.ts'
import { getDatamodel } from '#prisma/pothos-types.ts'
import type { GraphqlContext } from './call.ts'
import { costOf } from './cost.ts'
import { nodeIn } from './ids.ts'
import { pageArguments } from './page-arguments.ts'
import { scopesOf, unauthorized, type Scopes } from './scope.ts'

export const builder = new SchemaBuilder<{
  Context: GraphqlContext
  PrismaTypes: PrismaTypes
  AuthScopes: Scopes
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  DefaultNodeNullability: false
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date }
    JSON: { Input: never; Output: unknown }
    CsvText: { Input: string; Output: string }
  }
}>({
  // Outermost first: a refusal of the rules is caught by the result unions.
  plugins: [ErrorsPlugin, ScopeAuthPlugin, RelayPlugin, PrismaPlugin, ComplexityPlugin, ValidationPlugin],
  defaultFieldNullability: false,
  prisma: {
    client: ({ call }) => call.db as unknown as PrismaClient,
    dmmf: getDatamodel(),
    onUnusedQuery: null,
  },
  scopeAuth: {
    authScopes: scopesOf,
    unauthorizedError: (_parent, context) => unauthorized(context),
    authorizeOnSubscribe: true,
  },
  errors: { directResult: true, defaultTypes: [] },
  relay: {
    cursorType: 'String',
    clientMutationId: 'omit',
    decodeGlobalID: id => nodeIn(id),
    nodesQueryOptions: false,
    nodeQueryOptions: {
      description:
        'Anything with a global id, or null when there is nothing with this id in your organization.',
      nullable: true,
      authScopes: { member: true, operator: true },
      args: { id: { description: 'A global id, as the `id` fields answer it.' } },
    },
    nodeTypeOptions: { description: 'Something with a global id, which `node` finds again.' },
    idFieldOptions: { description: 'Global id: opaque, stable, unique in this installation.' },
    pageInfoTypeOptions: {
      description: 'Where a page lies in its list.',
      authScopes: { anyone: true },
    },
    hasNextPageFieldOptions: { description: 'Whether more follows behind this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether more lies before this page.' },
    startCursorFieldOptions: { description: 'Cursor of the first edge; null on an empty page.' },
    endCursorFieldOptions: { description: 'Cursor of the last edge; null on an empty page.' },
    ...pageArguments,
    nodesOnConnection: { description: 'The things of this page, without their edges.' },
    edgesFieldOptions: { description: 'The things of this page with their cursors.' },
    nodeFieldOptions: { description: 'The thing itself.' },
    cursorFieldOptions: { description: 'Where this thing lies in the list: for `after` and `before`.' },
    pageInfoFieldOptions: { description: 'Where the page lies in the list.' },
    defaultConnectionTypeOptions: { authScopes: { anyone: true } },
    defaultEdgeTypeOptions: { authScopes: { anyone: true } },
  },
  complexity: { fieldComplexity: costOf },
})
