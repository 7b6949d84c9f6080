// What the endpoints of all resource types read from a call: parameters, conditions, bodies.
import {
  deviationRefusal,
  deviationSentence,
  ifMatchAllows,
  parseFilter,
  parseSelection,
  parseSort,
  refusal,
  weakTag,
  type DeviationId,
  type Filter,
  type Normalized,
  type ResourceType,
  type Selection,
  type Sort,
  type Tolerate,
} from '#server/scim/index.ts'
import type { AuthenticatedCall } from './call.ts'

export function idOf(call: AuthenticatedCall): string {
  return call.params['id'] ?? ''
}

export function selectionOf(call: AuthenticatedCall, type: ResourceType): Selection {
  if (call.brief === true) return { kind: 'only', keys: new Set() }
  const attributes = call.query.get('attributes')
  const excludedAttributes = call.query.get('excludedattributes')
  return parseSelection({ attributes, excludedAttributes }, type)
}

export function filterOf(call: AuthenticatedCall, type: ResourceType): Filter | null {
  const text = call.query.get('filter')
  return text === undefined ? null : parseFilter(text, type, toleranceOf(call))
}

export function sortOf(call: AuthenticatedCall, type: ResourceType): Sort | null {
  return parseSort({ sortBy: call.query.get('sortby'), sortOrder: call.query.get('sortorder') }, type)
}

/** The condition of If-Match; undefined without one. */
export function expectation(call: AuthenticatedCall): ((version: number) => boolean) | undefined {
  const header = call.headers['if-match']
  return header === undefined ? undefined : version => ifMatchAllows(header, weakTag(version))
}

/** How tolerantly this organization wants the call to be read; what is tolerated is noted. */
export function toleranceOf(call: AuthenticatedCall): { strict: boolean; tolerate: Tolerate } {
  return { strict: call.token.settings.strict, tolerate: tolerate.bind(null, call) }
}

/** Notes a departure from the standard once a call; throws its refusal where it is not tolerated. */
export function tolerate(call: AuthenticatedCall, id: DeviationId, about?: string): void {
  if (call.token.settings.refusedDeviations.includes(id)) throw deviationRefusal(id, about)
  if (call.notes.quirks.some(quirk => quirk.id === id)) return
  call.notes.quirks.push({ id, sentence: deviationSentence(id, about) })
}

/** The body in strict form; in strict mode nothing is put right. */
export function normalized(call: AuthenticatedCall, normalize: (body: unknown) => Normalized): unknown {
  if (call.body === undefined) throw refusal('invalidSyntax', 'The body is empty. Send a JSON object.')
  if (call.token.settings.strict) return call.body
  const { body, quirks } = normalize(call.body)
  for (const { id } of quirks) tolerate(call, id)
  return body
}

export function noteIgnored(call: AuthenticatedCall, ignored: readonly string[]): void {
  if (ignored.length > 0) tolerate(call, 'unknown-attribute', ignored.slice(0, 5).join(', '))
}

/**
 * Further headers of a PATCH's 204, or null when the resource is to be answered: asked for by `attributes` (H5) and
 * not waived by `Prefer: return=minimal`. `always` tells that 204 is the usual answer.
 */
export function answersNoContent(
  call: AuthenticatedCall,
  { always }: { always: boolean },
): Record<string, string> | null {
  if (/\breturn=minimal\b/i.test(call.headers.prefer ?? '')) return { 'preference-applied': 'return=minimal' }
  const asked = call.query.has('attributes') || call.query.has('excludedattributes')
  return always && !asked ? {} : null
}
