// A group mapping from JSON that did not come through an operation, checked by the same type.
import { coerceInputValue, isInputType } from 'graphql'
import { invalidInput } from '#server/domain/error.ts'
import type { MappingDraft } from '#server/domain/group-mappings/rules/draft.ts'
import { draftOf } from './mapping-input.ts'
import { schema } from './schema.ts'

/** Throws `group-mappings/bad-input` for what the API would refuse as a `GroupMappingInput`. */
export function mappingDraft(json: unknown): MappingDraft {
  const type = schema.getType('GroupMappingInput')
  if (!isInputType(type)) throw new Error('The schema has no GroupMappingInput.')
  const coerced = coerceInputValue(json, type, (path, _value, error) => {
    throw invalidInput('group-mappings/bad-input', [{ path: path.join('.'), message: error.message }])
  })
  return draftOf(coerced as Parameters<typeof draftOf>[0])
}
