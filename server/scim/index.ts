// The only door into the SCIM engine: everything other rooms may use.
export type { Json, JsonObject, Resource } from './json.ts'
export { sameJson } from './json.ts'
export { ScimError, refusal, type ScimProblem, type ScimType } from './error.ts'
export { urn } from './urn.ts'
export type { Attribute, AttributeType, ResourceType, Schema } from './attribute.ts'
export { groupType } from './schema/group-type.ts'
export { userType } from './schema/user-type.ts'
export type { AttributePath } from './path/attribute-path.ts'
export { readTexts, textPath } from './path/read-values.ts'
export type { Comparison, Filter, Literal } from './filter/ast.ts'
export { parseFilter, type FilterOptions } from './filter/parse.ts'
export { matches } from './filter/matches.ts'
export { foldCase } from './text.ts'
export { printFilter } from './filter/print.ts'
export type { ElementsOperation, PatchOperation, PatchRequest } from './patch/operation.ts'
export { parsePatch, type PatchOptions } from './patch/request.ts'
export { applyPatch } from './patch/apply.ts'
export { planMembers, type MemberChange, type MemberPlan } from './members/member-change.ts'
export { splitGroupBody, type SplitBody } from './members/split-body.ts'
export { splitGroupPatch, type SplitPatch } from './members/split-patch.ts'
export { accept, type Accepted, type Interaction } from './resource/accept.ts'
export { validate } from './resource/validate.ts'
export { isSelected, parseSelection, type Selection, type SelectionParameters } from './resource/selection.ts'
export { present } from './resource/present.ts'
export { ifMatchAllows, ifNoneMatchHits, weakTag } from './resource/version.ts'
export { parseBulk, type BulkOperation, type BulkRequest } from './bulk/bulk-request.ts'
export { bulkResponse, type BulkEntry } from './bulk/bulk-response.ts'
export { detach, type Detached } from './bulk/detach.ts'
export { planBulk, type BulkStep } from './bulk/plan.ts'
export { replaceInside, resolveReferences } from './bulk/references.ts'
export { parseSearchRequest } from './list/search-request.ts'
export { describeQuery, placeOf, type CursorClaims, type Place, type QueryOfType } from './list/cursor.ts'
export { parsePage, type PageLimits, type PageParameters, type PageRequest } from './list/page.ts'
export { listResponse, type Page } from './list/list-response.ts'
export { compareBy, parseSort, type Sort } from './list/sort.ts'
export {
  serviceProviderConfig,
  type AuthenticationScheme,
  type ServiceProviderFeatures,
} from './discovery/service-provider-config.ts'
export { resourceTypes } from './discovery/resource-types.ts'
export { schemas } from './discovery/schemas.ts'
export { findDocument } from './discovery/find.ts'
export {
  deviationRefusal,
  deviations,
  deviationSentence,
  isDeviation,
  type Deviation,
  type DeviationId,
  type Tolerate,
} from './dialect/deviation.ts'
export type { Normalized, Quirk } from './dialect/quirk.ts'
export { normalizeGroupBody, normalizePatchBody, normalizeUserBody } from './dialect/normalize.ts'
