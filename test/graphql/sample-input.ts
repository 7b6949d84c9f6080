// An input that fits its type, with no more in it than it must have.
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputType,
} from 'graphql'

const scalars: Readonly<Record<string, unknown>> = { Boolean: true, Int: 15, Float: 1.5 }

/** `id` stands wherever a global id is asked for; lists are empty, texts are "x". */
export function sampleInput(type: GraphQLInputType, id: string): unknown {
  if (isNonNullType(type)) return sampleInput(type.ofType, id)
  if (isListType(type)) return []
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const needed = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField)
    return Object.fromEntries(needed.map(field => [field.name, sampleInput(field.type, id)]))
  }
  const { name } = getNamedType(type)
  return name === 'ID' ? id : (scalars[name] ?? 'x')
}
